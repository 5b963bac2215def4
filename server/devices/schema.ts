import { z } from 'zod'

/** How an auto-configuration file is written. */
export const deviceFormats = ['yealink', 'grandstream', 'linphone'] as const
export type DeviceFormat = (typeof deviceFormats)[number]

export const deviceKinds = ['desk', 'softphone'] as const
export type DeviceKind = (typeof deviceKinds)[number]

export const zDeviceModel = z.object({
  id: z.number().int().positive(),
  vendor: z.string().min(1),
  model: z.string().min(1),
  format: z.enum(deviceFormats),
  /** A file below `/devices/`. */
  picture: z.string().regex(/^[a-z0-9-]+\.svg$/),
  kind: z.enum(deviceKinds),
  lines: z.number().int().positive().optional(),
})
export type DeviceModel = z.infer<typeof zDeviceModel>

export const sipTransports = ['udp', 'tcp', 'tls'] as const
export type SipTransport = (typeof sipTransports)[number]

/** Those that all three formats can name, best sounding first. */
export const sipCodecs = ['opus', 'g722', 'pcmu', 'pcma', 'g729'] as const
export type SipCodec = (typeof sipCodecs)[number]

// Control characters (a line break would begin a second key), line separators, lone surrogates
// and non-characters (not XML).
const unwritable = /[\p{Cc}\p{Cs}\u2028\u2029\ufffe\uffff]/u
// A .cfg reader trims: a blank at an end would be lost, silently, even from a password.
const blankAtAnEnd = /^\s|\s$/u

const line = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !unwritable.test(text) && !blankAtAnEnd.test(text))

/** What people typed: blanks around it mean nothing. */
const label = z.preprocess((text) => (typeof text === 'string' ? text.trim() : text), line(128))

const hostPattern =
  /^(?:(?!-)[a-z0-9-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))*\.?|\[[0-9a-f:.]{2,45}\])$/i
const host = z.string().max(253).regex(hostPattern)
const port = z.number().int().min(1).max(65_535)

const isHostAndPort = (text: string): boolean => {
  const [, name = text, digits] = /^(.*?)(?::(\d{1,5}))?$/.exec(text) ?? []
  return host.safeParse(name).success && (!digits || port.safeParse(Number(digits)).success)
}

const isTimeZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** Everything a phone has to know; what a file can't hold exactly doesn't pass. */
export const zSipSettings = z.strictObject({
  domain: host,
  /** Outbound proxy, `host` or `host:port`. */
  proxy: z.string().refine(isHostAndPort).optional(),
  transport: z.enum(sipTransports),
  port,
  username: line(64).min(1),
  /** Digest user where it isn't the user name. */
  authUser: line(64).min(1).optional(),
  password: line(128).min(1),
  displayName: label,
  /** What the line key says. */
  lineLabel: label,
  voicemail: line(64).min(1).optional(),
  /** IANA. */
  timeZone: z.string().refine(isTimeZone),
  /** BCP 47. */
  language: z.string().regex(/^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i),
  /** In seconds. */
  registerExpires: z.number().int().min(30).max(604_800),
  /** In order of preference. */
  codecs: z
    .array(z.enum(sipCodecs))
    .min(1)
    .refine((codecs) => new Set(codecs).size === codecs.length)
    .readonly(),
})
export type SipSettings = Readonly<z.infer<typeof zSipSettings>>

/** A file ready to be sent; `filename` holds neither MAC address nor secret. */
export type DeviceConfig = Readonly<{ filename: string; contentType: string; body: string }>

export const zDeviceOf = z.strictObject({ account: z.number().int().positive() })

export const zDevicesOf = z.strictObject({
  accounts: z.array(z.number().int().positive()).max(100),
})

export const zGiveDevice = z.strictObject({
  account: z.number().int().positive(),
  code: z.string().min(1).max(60),
})
export type GiveDevice = z.infer<typeof zGiveDevice>

/** A phone as pages show it. */
export type DeviceView = {
  code: string
  vendor: string
  model: string
  kind: DeviceKind
  picture: string
}

/** A link that gives a phone its file, once. */
export type ConfigLink = {
  url: string
  expiresAt: string
  /** For the softphone: the link as a QR code. */
  qr: { size: number; path: string } | null
}
