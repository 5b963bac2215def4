import * as numbers from '#server/numbers/service.ts'
import { procedure, router, work } from '#server/trpc/init.ts'

export const numbersRouter = router({
  list: procedure('numbers:read').query(({ ctx }) => work(numbers.mine)({ ctx, input: undefined })),
})
