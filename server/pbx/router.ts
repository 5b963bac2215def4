import { zEndAccounts, zRestoreAccounts } from '#server/accounts/schema.ts'
import {
  zAddGroup,
  zEditGroup,
  zGroupRef,
  zMembershipsOf,
  zPlaceMembers,
  zRemoveMembers,
} from '#server/pbx/schema.groups.ts'
import { zAttendantRef, zEditAttendant, zSetMenu, zTargetQuery } from '#server/pbx/schema.menus.ts'
import {
  zAddAttendant,
  zAddExtension,
  zEditExtension,
  zExportExtensions,
  zExtensionQuery,
  zOneExtension,
  zSelectExtensions,
} from '#server/pbx/schema.ts'
import * as groups from '#server/pbx/service.groups.ts'
import * as lines from '#server/pbx/service.lines.ts'
import * as list from '#server/pbx/service.list.ts'
import * as menus from '#server/pbx/service.menus.ts'
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
  attendants: procedure('attendants:read').query(work(menus.attendants)),
  attendant: procedure('attendants:read').input(zAttendantRef).query(work(menus.attendant)),
  attendantOptions: procedure('attendants:read').query(work(pbx.attendantOptions)),
  addAttendant: procedure('attendants:write').input(zAddAttendant).mutation(work(pbx.addAttendant)),
  setMenu: procedure('attendants:write').input(zSetMenu).mutation(work(menus.setMenu)),
  editAttendant: procedure('attendants:write')
    .input(zEditAttendant)
    .mutation(work(menus.editAttendant)),
  removeAttendants: procedure('attendants:write')
    .input(zEndAccounts)
    .mutation(work(menus.removeAttendants)),
  restoreAttendants: procedure('attendants:write')
    .input(zRestoreAccounts)
    .mutation(work(menus.restoreAttendants)),
  targets: procedure('extensions:read').input(zTargetQuery).query(work(menus.targets)),

  groups: procedure('groups:read').query(work(groups.groups)),
  group: procedure('groups:read').input(zGroupRef).query(work(groups.group)),
  membershipsOf: procedure('groups:read').input(zMembershipsOf).query(work(groups.membershipsOf)),
  addGroup: procedure('groups:write').input(zAddGroup).mutation(work(groups.addGroup)),
  editGroup: procedure('groups:write').input(zEditGroup).mutation(work(groups.editGroup)),
  removeGroup: procedure('groups:write').input(zGroupRef).mutation(work(groups.removeGroup)),
  placeMembers: procedure('groups:write').input(zPlaceMembers).mutation(work(groups.placeMembers)),
  removeMembers: procedure('groups:write')
    .input(zRemoveMembers)
    .mutation(work(groups.removeMembers)),
})
