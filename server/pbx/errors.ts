import { refuse } from '#server/kernel/errors.ts'

export const extensionTaken = (extension: string) =>
  refuse(
    'conflict',
    'pbx.extension_taken',
    `Extension ${extension} exists already. Pick another number.`,
    { extension },
  )
