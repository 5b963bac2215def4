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

export const modelNotFound = () =>
  refuse('not_found', 'devices.model_not_found', 'There is no such phone. Pick another one.')

export const noDevice = () =>
  refuse('not_found', 'devices.none', 'This account has no phone assigned yet.')
