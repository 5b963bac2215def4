import type { Instant } from '#server/kernel/ids.ts'
import { settingUnwritable } from './errors.ts'
import type { DeviceConfig, SipCodec, SipSettings, SipTransport } from './schema.ts'
import { sipCodecs } from './schema.ts'
import { hostAndPort, writable } from './settings.ts'
import type { ClockChange } from './time-zone.ts'
import { zoneRule } from './time-zone.ts'
import { yealinkZoneNames } from './yealink-zone-names.ts'

const transportTypes = { udp: '0', tcp: '1', tls: '2' } as const satisfies Record<
  SipTransport,
  string
>

// Those of our languages that every T-series firmware has on board.
const languages: Readonly<Record<string, string>> = {
  en: 'English',
  es: 'Spanish',
  de: 'German',
  fr: 'French',
}

/** A phone takes this word for "forget what was set", wherever a value may stand. */
const reset = '%NULL%'

// Yealink, auto-provisioning guide: reserved values, in whatever case.
const reserved = /^%(NULL|EMPTY)%$/i

type Lines = ReadonlyArray<readonly [key: string, value: string]>

const account = (settings: SipSettings): Lines => {
  const proxy = settings.proxy && hostAndPort(settings.proxy, settings.port)
  return [
    ['account.1.enable', '1'],
    ['account.1.label', settings.lineLabel],
    ['account.1.display_name', settings.displayName],
    ['account.1.auth_name', settings.authUser ?? settings.username],
    ['account.1.user_name', settings.username],
    ['account.1.password', settings.password],
    ['account.1.sip_server.1.address', settings.domain],
    ['account.1.sip_server.1.port', String(settings.port)],
    ['account.1.sip_server.1.transport_type', transportTypes[settings.transport]],
    ['account.1.sip_server.1.expires', String(settings.registerExpires)],
    ['account.1.outbound_proxy_enable', proxy ? '1' : '0'],
    ['account.1.outbound_proxy.1.address', proxy ? proxy.host : reset],
    ['account.1.outbound_proxy.1.port', proxy ? String(proxy.port) : reset],
    ['account.1.subscribe_mwi', settings.voicemail ? '1' : '0'],
    ['voice_mail.number.1', settings.voicemail ?? reset],
  ]
}

const codecs = (wanted: readonly SipCodec[]): Lines =>
  sipCodecs.flatMap((codec) => {
    const place = wanted.indexOf(codec) + 1
    return [
      [`account.1.codec.${codec}.enable`, place ? '1' : '0'],
      [`account.1.codec.${codec}.priority`, String(place)],
    ] as const
  })

const zoneOffset = (minutes: number): string => {
  const size = Math.abs(minutes)
  const rest = size % 60 ? `:${String(size % 60).padStart(2, '0')}` : ''
  return `${minutes < 0 ? '-' : minutes > 0 ? '+' : ''}${Math.floor(size / 60)}${rest}`
}

/** Month/week/weekday/hour. Sunday is 7, and a phone knows only the whole hours of the day itself. */
const change = ({ month, week, weekday, minutesAfterMidnight }: ClockChange): string => {
  const hour = Math.min(23, Math.max(0, Math.floor(minutesAfterMidnight / 60)))
  return `${month}/${week}/${weekday || 7}/${hour}`
}

const time = (timeZone: string, now: Instant): Lines => {
  const { standardMinutes, summer } = zoneRule(timeZone, now)
  const name = yealinkZoneNames[timeZone]
  return [
    ['local_time.time_zone', zoneOffset(standardMinutes)],
    ...(name ? ([['local_time.time_zone_name', name]] as const) : []),
    ['local_time.summer_time', summer ? '1' : '0'],
    ...(summer
      ? ([
          ['local_time.dst_time_type', '1'],
          ['local_time.start_time', change(summer.start)],
          ['local_time.end_time', change(summer.end)],
          ['local_time.offset_time', String(summer.savedMinutes)],
        ] as const)
      : []),
  ]
}

const language = (tag: string): Lines => {
  const name = languages[tag.toLowerCase().split('-')[0] ?? ''] ?? 'English'
  return [
    ['lang.gui', name],
    ['lang.wui', name],
  ]
}

/**
 * A T-series (firmware V8x) configuration file: one `key = value` a line, the first line fixed, no
 * quoting and no escapes, so what can't stand on a line is refused, not altered.
 */
export function yealinkConfig(settings: SipSettings, now: Instant): DeviceConfig {
  const checked = writable(settings)
  const taken = Object.entries(checked).find(
    ([, value]) => typeof value === 'string' && reserved.test(value),
  )
  if (taken) throw settingUnwritable(taken[0])

  const lines = [
    ...account(checked),
    ...codecs(checked.codecs),
    ...time(checked.timeZone, now),
    ...language(checked.language),
  ]
  return {
    filename: 'yealink.cfg',
    contentType: 'text/plain; charset=utf-8',
    body: ['#!version:1.0.0.1', ...lines.map(([key, value]) => `${key} = ${value}`), ''].join('\n'),
  }
}
