import { refuse } from '#server/kernel/errors.ts'

export const extensionTaken = (extension: string) =>
  refuse(
    'conflict',
    'pbx.extension_taken',
    `Extension ${extension} exists already. Pick another number.`,
    { extension },
  )

/** Its account keeps the name it was made with, and no two accounts are called alike. */
export const extensionNameKept = (extension: string, now: string, accountId: string) =>
  refuse(
    'conflict',
    'pbx.extension_name_kept',
    `Extension ${now} was ${extension} before, and its account is still called ${accountId}. Pick another number.`,
    { extension, now, accountId },
  )

export const groupNotFound = () =>
  refuse('not_found', 'pbx.group_not_found', 'There is no such hunt group.')

export const groupNameTaken = (name: string) =>
  refuse('conflict', 'pbx.group_name_taken', `There is a hunt group called ${name} already.`, {
    name,
  })

export const groupInUse = (name: string, menus: readonly string[]) =>
  refuse(
    'conflict',
    'pbx.group_in_use',
    `Keys of ${menus.join(', ')} lead to ${name}. Let them lead elsewhere first.`,
    { name, menus },
  )

export const leadsGone = (keys: readonly string[]) =>
  refuse(
    'conflict',
    'pbx.leads_gone',
    `Nobody can be reached by ${keys.join(', ')}. Let it lead elsewhere.`,
    { keys },
  )
