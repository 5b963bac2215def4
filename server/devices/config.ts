import type { Instant } from '#server/kernel/ids.ts'
import { grandstreamConfig } from './config-grandstream.ts'
import { linphoneConfig } from './config-softphone.ts'
import { yealinkConfig } from './config-yealink.ts'
import type { DeviceConfig, DeviceFormat, SipSettings } from './schema.ts'

const renderers = {
  yealink: yealinkConfig,
  grandstream: grandstreamConfig,
  linphone: linphoneConfig,
} as const satisfies Record<DeviceFormat, (settings: SipSettings, now: Instant) => DeviceConfig>

/**
 * The file that makes a phone work. `now`, because a phone is told how clocks go from here on.
 * Refuses, by its name, a setting that the format can't hold as it is.
 */
export const configFor = (
  format: DeviceFormat,
  settings: SipSettings,
  now: Instant,
): DeviceConfig => renderers[format](settings, now)
