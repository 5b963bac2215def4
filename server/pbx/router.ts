import { zEndAccounts, zRestoreAccounts } from '#server/accounts/schema.ts'
import {
  zAddAttendant,
  zAddExtension,
  zEditExtension,
  zExportExtensions,
  zExtensionQuery,
  zOneExtension,
  zSelectExtensions,
} from '#server/pbx/schema.ts'
import * as lines from '#server/pbx/service.lines.ts'
import * as list from '#server/pbx/service.list.ts'
import * as pbx from '#server/pbx/service.ts'
import { procedure, router, work } from '#server/trpc/init.ts'

export const pbxRouter = router({
  extensions: procedure('extensions:read').input(zExtensionQuery).query(work(list.extensions)),
  extension: procedure('extensions:read').input(zOneExtension).query(work(list.extension)),
  selectExtensions: procedure('extensions:read').input(zSelectExtensions).query(work(list.select)),
  // Asked by POST: ten thousand accounts don't fit into an address.
  exportExtensions: procedure('extensions:read')
    .input(zExportExtensions)
    .mutation(work(list.exported)),
  extensionOptions: procedure('extensions:read').query(work(pbx.extensionOptions)),
  addExtension: procedure('extensions:write').input(zAddExtension).mutation(work(pbx.addExtension)),
  editExtension: procedure('extensions:write')
    .input(zEditExtension)
    .mutation(work(lines.editExtension)),
  removeExtensions: procedure('extensions:write')
    .input(zEndAccounts)
    .mutation(work(lines.removeExtensions)),
  restoreExtensions: procedure('extensions:write')
    .input(zRestoreAccounts)
    .mutation(work(lines.restoreExtensions)),
  attendants: procedure('attendants:read').query(work(pbx.attendants)),
  attendantOptions: procedure('attendants:read').query(work(pbx.attendantOptions)),
  addAttendant: procedure('attendants:write').input(zAddAttendant).mutation(work(pbx.addAttendant)),
})
