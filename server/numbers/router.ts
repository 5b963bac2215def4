import { zPlacesQuery } from '#server/numbers/schema.places.ts'
import * as places from '#server/numbers/service.places.ts'
import { procedure, router, work } from '#server/trpc/init.ts'

export const numbersRouter = router({
  list: procedure('numbers:read').input(zPlacesQuery).query(work(places.list)),
  counts: procedure('numbers:read').query(work(places.counts)),
})
