import type { Refusal } from '#server/kernel/errors.ts'
import { refuse } from '#server/kernel/errors.ts'

/** Names the setting and never its value: it may be the password. */
export const settingUnwritable = (setting: string): Refusal =>
  refuse(
    'invalid',
    'devices.setting_unwritable',
    `The ${setting} is missing or has characters that a phone's configuration file can't hold.`,
    { setting },
  )

export const noDevice = () =>
  refuse('not_found', 'devices.none', 'This account has no phone assigned yet.')
