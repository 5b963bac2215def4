import type { DeviceConfig, SipCodec, SipSettings } from './schema.ts'
import { sipCodecs } from './schema.ts'
import { hostAndPort, writable, xml } from './settings.ts'

type Section = Readonly<{ name: string; entries: ReadonlyArray<readonly [string, string]> }>

const codecNames = {
  opus: { mime: 'opus', rate: '48000', channels: '2' },
  g722: { mime: 'G722', rate: '8000', channels: '1' },
  pcmu: { mime: 'PCMU', rate: '8000', channels: '1' },
  pcma: { mime: 'PCMA', rate: '8000', channels: '1' },
  g729: { mime: 'G729', rate: '8000', channels: '1' },
} as const satisfies Record<SipCodec, Readonly<{ mime: string; rate: string; channels: string }>>

// RFC 3261, 25.1: what may stand unescaped before the @ of a SIP address.
const userCharacters = /[^A-Za-z0-9\-_.!~*'()&=+$,;?/]/gu

const sipUser = (user: string): string => user.replace(userCharacters, encodeURIComponent)

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`

const server = (address: string, settings: SipSettings, more = ''): string => {
  const { host, port } = hostAndPort(address, settings.port)
  return `<sip:${host}:${port};transport=${settings.transport}${more}>`
}

const account = (settings: SipSettings): Section => ({
  name: 'proxy_0',
  entries: [
    ['reg_proxy', server(settings.domain, settings)],
    ['reg_route', settings.proxy ? server(settings.proxy, settings, ';lr') : ''],
    [
      'reg_identity',
      `${quoted(settings.displayName)} <sip:${sipUser(settings.username)}@${settings.domain}>`,
    ],
    ['reg_sendregister', '1'],
    ['reg_expires', String(settings.registerExpires)],
    ['publish', '0'],
    [
      'voicemail_address',
      settings.voicemail ? `sip:${sipUser(settings.voicemail)}@${settings.domain}` : '',
    ],
  ],
})

const credentials = (settings: SipSettings): Section => ({
  name: 'auth_info_0',
  // No realm: whatever the server calls itself, the pair of user and domain finds the password.
  entries: [
    ['username', settings.username],
    ['userid', settings.authUser ?? settings.username],
    ['passwd', settings.password],
    ['domain', settings.domain],
  ],
})

const codecSections = (wanted: readonly SipCodec[]): readonly Section[] =>
  [...wanted, ...sipCodecs.filter((codec) => !wanted.includes(codec))].map((codec, place) => ({
    name: `audio_codec_${place}`,
    entries: [
      ...Object.entries(codecNames[codec]),
      ['enabled', wanted.includes(codec) ? '1' : '0'],
    ],
  }))

const written = ({ name, entries }: Section): readonly string[] => [
  `  <section name="${name}">`,
  // Without `overwrite` an entry that the phone already has is kept, a former password too.
  ...entries.map(
    ([key, value]) => `    <entry name="${key}" overwrite="true">${xml(value)}</entry>`,
  ),
  '  </section>',
]

/**
 * Linphone's remote provisioning: its own settings, section by section. Language and time zone are
 * the telephone's or computer's own.
 */
export function linphoneConfig(settings: SipSettings): DeviceConfig {
  const checked = writable(settings)
  const sections: readonly Section[] = [
    // The address works once: without this it would be asked for again at every start.
    { name: 'misc', entries: [['transient_provisioning', '1']] },
    { name: 'sip', entries: [['default_proxy', '0']] },
    account(checked),
    credentials(checked),
    ...codecSections(checked.codecs),
  ]
  return {
    filename: 'linphone.xml',
    contentType: 'application/xml; charset=utf-8',
    body: [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<config xmlns="http://www.linphone.org/xsds/lpconfig.xsd"',
      '  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
      '  xsi:schemaLocation="http://www.linphone.org/xsds/lpconfig.xsd lpconfig.xsd">',
      ...sections.flatMap(written),
      '</config>',
      '',
    ].join('\n'),
  }
}
