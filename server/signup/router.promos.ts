import { procedure, router, work } from '#server/trpc/init.ts'
import { zAddPromo, zEndPromo } from './schema.promos.ts'
import * as promos from './service.promos.ts'

export const promosRouter = router({
  all: procedure('promos:read').query(work(promos.promos)),
  add: procedure('promos:write').input(zAddPromo).mutation(work(promos.addPromo)),
  end: procedure('promos:write').input(zEndPromo).mutation(work(promos.endPromo)),
})
