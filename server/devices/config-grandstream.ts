import type { Instant } from '#server/kernel/ids.ts'
import type { DeviceConfig, SipCodec, SipSettings, SipTransport } from './schema.ts'
import { hostAndPort, writable, xml } from './settings.ts'
import type { ClockChange } from './time-zone.ts'
import { zoneRule } from './time-zone.ts'

const transports = { udp: '0', tcp: '1', tls: '2' } as const satisfies Record<SipTransport, string>

// Payload types, as the eight "preferred vocoder" parameters take them.
const vocoders = {
  opus: '123',
  g722: '9',
  pcmu: '0',
  pcma: '8',
  g729: '18',
} as const satisfies Record<SipCodec, string>

const vocoderParameters = ['P57', 'P58', 'P59', 'P60', 'P61', 'P62', 'P46', 'P98'] as const

const languages: Readonly<Record<string, string>> = { en: 'en', es: 'es', de: 'de', fr: 'fr' }

const clock = (minutes: number): string => {
  const size = Math.abs(minutes)
  const rest = size % 60 ? `:${String(size % 60).padStart(2, '0')}` : ''
  return `${minutes < 0 ? '-' : ''}${Math.floor(size / 60)}${rest}`
}

// Hours outside the day are a later addition to the notation (RFC 8536): a phone that didn't know
// it would lose the whole rule, while the nearest hour errs for part of two days a year.
const change = ({ month, week, weekday, minutesAfterMidnight }: ClockChange): string =>
  `M${month}.${week}.${weekday}/${clock(Math.min(1_440, Math.max(0, minutesAfterMidnight)))}`

/** POSIX (IEEE 1003.1, 8.3, TZ): west is positive; the names mean nothing and are never shown. */
export function posixZone(timeZone: string, now: Instant): string {
  const { standardMinutes, summer } = zoneRule(timeZone, now)
  // `|| 0`: minus nothing would be printed as it is.
  const standard = `STD${clock(-standardMinutes || 0)}`
  if (!summer) return standard

  const summerClock = clock(-(standardMinutes + summer.savedMinutes) || 0)
  return `${standard}DST${summerClock},${change(summer.start)},${change(summer.end)}`
}

const server = (address: string, port: number): string => {
  const { host, port: its } = hostAndPort(address, port)
  return `${host}:${its}`
}

const parameters = (settings: SipSettings, now: Instant): ReadonlyArray<[string, string]> => [
  ['P271', '1'], // account 1 is active
  ['P270', settings.lineLabel],
  ['P47', server(settings.domain, settings.port)],
  ['P48', settings.proxy ? server(settings.proxy, settings.port) : ''],
  ['P35', settings.username],
  ['P36', settings.authUser ?? settings.username],
  ['P34', settings.password],
  ['P3', settings.displayName],
  ['P33', settings.voicemail ?? ''],
  ['P99', settings.voicemail ? '1' : '0'], // subscribe for messages waiting
  ['P31', '1'], // register
  ['P32', String(Math.max(1, Math.round(settings.registerExpires / 60)))], // in minutes
  ['P130', transports[settings.transport]],
  ['P2329', '0'], // `sip:` over TLS too: few servers take `sips:`
  ...vocoderParameters.map((parameter, place): [string, string] => {
    const codec = settings.codecs[Math.min(place, settings.codecs.length - 1)] ?? 'pcmu'
    return [parameter, vocoders[codec]]
  }),
  ['P64', 'customize'],
  ['P246', posixZone(settings.timeZone, now)],
  ['P143', '0'], // the network (DHCP option 2) doesn't know better
  ['P1362', languages[settings.language.toLowerCase().split('-')[0] ?? ''] ?? 'en'],
]

/** XML, version 1, as GRP26xx and GXP21xx read it; it names no MAC address, so any phone takes it. */
export function grandstreamConfig(settings: SipSettings, now: Instant): DeviceConfig {
  const lines = parameters(writable(settings), now).map(
    ([parameter, value]) => `    <${parameter}>${xml(value)}</${parameter}>`,
  )
  return {
    filename: 'grandstream.xml',
    contentType: 'application/xml; charset=utf-8',
    body: [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<gs_provision version="1">',
      '  <config version="1">',
      ...lines,
      '  </config>',
      '</gs_provision>',
      '',
    ].join('\n'),
  }
}
