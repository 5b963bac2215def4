import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal } from '#server/kernel/errors.ts'
import type { Instant } from '#server/kernel/ids.ts'
import { configFor } from './config.ts'
import type { SipSettings } from './schema.ts'
import { deviceFormats, sipCodecs } from './schema.ts'
import { exampleSettings, readCfg, readXml } from './testing.ts'

const now = new Date('2026-11-21T12:00:00Z') as Instant
const body = (format: (typeof deviceFormats)[number], settings: SipSettings) =>
  configFor(format, settings, now).body

/** What a person or another system could have put into a text, the worst first. */
const anyText = fc.oneof(
  fc.constantFrom(
    'x\naccount.2.enable = 1',
    'a\r\nb',
    '</P3><P2>admin</P2>',
    ']]>',
    '&lt;',
    '%NULL%',
  ),
  fc.constantFrom('\u0000', '\ud800', '\u2028', '\ufffe', ' lead', 'trail ', '\ttab', 'a\u0085b'),
  fc.constantFrom(
    '"; DROP',
    "it's",
    'a = b # c',
    '#!version',
    '\\"',
    '>;x=y<sip:evil@evil>',
    '✆ Zoë',
  ),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
)

const anySettings: fc.Arbitrary<SipSettings> = fc.record({
  domain: fc.oneof(fc.domain(), fc.ipV4(), fc.constant('[2001:db8::5]')),
  proxy: fc.option(fc.constantFrom('edge.example', 'edge.example:5070'), { nil: undefined }),
  transport: fc.constantFrom('udp', 'tcp', 'tls'),
  port: fc.integer({ min: 1, max: 65_535 }),
  username: anyText,
  authUser: fc.option(anyText, { nil: undefined }),
  password: anyText,
  displayName: anyText,
  lineLabel: anyText,
  voicemail: fc.option(anyText, { nil: undefined }),
  timeZone: fc.constantFrom('America/New_York', 'Europe/Kyiv', 'UTC'),
  language: fc.constantFrom('en', 'es-MX', 'uk'),
  registerExpires: fc.integer({ min: 30, max: 604_800 }),
  codecs: fc.subarray([...sipCodecs], { minLength: 1 }),
})

const written = (format: (typeof deviceFormats)[number], settings: SipSettings) => {
  try {
    return body(format, settings)
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    expect(refusal.code).toBe('devices.setting_unwritable')
    expect(Object.keys(settings)).toContain(refusal.details.setting)
    return undefined
  }
}

const keysOf = (settings: SipSettings) => [...readCfg(body('yealink', settings)).keys()].sort()
const plainKeys = keysOf({ ...exampleSettings, timeZone: 'America/New_York' })

const pValues = (text: string) => {
  const config = readXml(text).children[0]
  return new Map(config?.children.map((p) => [p.name, p.text]))
}
const plainPs = [...pValues(body('grandstream', exampleSettings)).keys()]

const entries = (text: string) =>
  new Map(
    readXml(text).children.flatMap((section) =>
      section.children.map((entry) => [
        `${section.attributes.name}/${entry.attributes.name}`,
        entry.text,
      ]),
    ),
  )
const plainEntries = [...entries(body('linphone', exampleSettings)).keys()].sort()

describe('whatever the texts are, a file says them exactly or is refused by the name of the setting', () => {
  test('Yealink', () => {
    fc.assert(
      fc.property(anySettings, (any) => {
        const settings = { ...any, timeZone: 'America/New_York' }
        const text = written('yealink', settings)
        if (text === undefined) return
        const read = readCfg(text)
        expect([...read.keys()].sort()).toEqual(plainKeys)
        expect(read.get('account.1.password')).toBe(settings.password)
        expect(read.get('account.1.user_name')).toBe(settings.username)
        expect(read.get('account.1.auth_name')).toBe(settings.authUser ?? settings.username)
        expect(read.get('account.1.display_name')).toBe(
          settings.displayName.trim() || settings.username,
        )
        expect(read.get('voice_mail.number.1')).toBe(settings.voicemail ?? '%NULL%')
        expect(read.get('account.1.sip_server.1.address')).toBe(settings.domain)
        expect(read.get('account.1.sip_server.1.port')).toBe(String(settings.port))
      }),
      { numRuns: 600 },
    )
  })

  test('Grandstream', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const text = written('grandstream', settings)
        if (text === undefined) return
        const read = pValues(text)
        expect([...read.keys()]).toEqual(plainPs)
        expect(read.get('P34')).toBe(settings.password)
        expect(read.get('P35')).toBe(settings.username)
        expect(read.get('P36')).toBe(settings.authUser ?? settings.username)
        expect(read.get('P3')).toBe(settings.displayName.trim() || settings.username)
        expect(read.get('P33')).toBe(settings.voicemail ?? '')
        expect(read.get('P47')).toBe(`${settings.domain}:${settings.port}`)
      }),
      { numRuns: 600 },
    )
  })

  test('Linphone', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const text = written('linphone', settings)
        if (text === undefined) return
        const read = entries(text)
        expect([...read.keys()].sort()).toEqual(plainEntries)
        expect(read.get('auth_info_0/passwd')).toBe(settings.password)
        expect(read.get('auth_info_0/username')).toBe(settings.username)
        expect(read.get('auth_info_0/userid')).toBe(settings.authUser ?? settings.username)
        const [, name = '', user = '', host] =
          /^"((?:[^"\\]|\\.)*)" <sip:([^<>"@\s]*)@([^<>"@\s]*)>$/su.exec(
            read.get('proxy_0/reg_identity') ?? '',
          ) ?? []
        expect(name.replace(/\\(.)/gsu, '$1')).toBe(
          settings.displayName.trim() || settings.username,
        )
        expect(decodeURIComponent(user)).toBe(settings.username)
        expect(host).toBe(settings.domain)
      }),
      { numRuns: 600 },
    )
  })
})

describe('refusals', () => {
  const cases: ReadonlyArray<readonly [keyof SipSettings, Partial<SipSettings>]> = [
    ['displayName', { displayName: 'John\naccount.2.enable = 1' }],
    ['lineLabel', { lineLabel: 'a\u2028b' }],
    ['password', { password: 'ends with a blank ' }],
    ['password', { password: '' }],
    ['username', { username: 'a\u0000b' }],
    ['domain', { domain: 'sip.example;transport=udp' }],
    ['domain', { domain: 'sip.example\nx' }],
    ['domain', { domain: '' }],
    ['proxy', { proxy: 'edge.example:99999' }],
    ['proxy', { proxy: 'edge example' }],
    ['port', { port: 0 }],
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['language', { language: 'es\nlang.gui = German' }],
    ['codecs', { codecs: [] }],
    ['codecs', { codecs: ['pcmu', 'pcmu'] }],
  ]

  for (const format of deviceFormats)
    test.each(cases)(`${format} names the %s and keeps its value to itself`, (setting, change) => {
      const settings = { ...exampleSettings, ...change }
      expect(() => body(format, settings)).toThrow(
        expect.objectContaining({ code: 'devices.setting_unwritable', details: { setting } }),
      )
      expect(() => body(format, settings)).not.toThrow(/account\.2|ends with|Mars|German/)
    })

  test('Yealink: a value that would mean "reset" is refused', () => {
    for (const displayName of ['%NULL%', '%empty%'])
      expect(() => body('yealink', { ...exampleSettings, displayName })).toThrow(/displayName/)
  })
})

describe('what the vendors ask for', () => {
  test('Yealink: account, transport, proxy, codecs in order, voice mail', () => {
    const read = readCfg(body('yealink', exampleSettings))
    expect(read.get('account.1.enable')).toBe('1')
    expect(read.get('account.1.sip_server.1.transport_type')).toBe('2')
    expect(read.get('account.1.outbound_proxy.1.address')).toBe('edge.panda.example')
    expect(read.get('account.1.outbound_proxy.1.port')).toBe('5065')
    expect(read.get('account.1.codec.opus.priority')).toBe('1')
    expect(read.get('account.1.codec.pcmu.priority')).toBe('2')
    expect(read.get('account.1.codec.g722.priority')).toBe('3')
    expect(read.get('account.1.codec.g729.enable')).toBe('0')
    expect(read.get('account.1.sip_server.1.expires')).toBe('3600')
    expect(read.get('voice_mail.number.1')).toBe('*98')
    expect(read.get('lang.gui')).toBe('Spanish')
  })

  test('Yealink: what a line no longer has is taken back from the phone', () => {
    const read = readCfg(
      body('yealink', { ...exampleSettings, proxy: undefined, voicemail: undefined }),
    )
    expect(read.get('account.1.outbound_proxy_enable')).toBe('0')
    expect(read.get('account.1.outbound_proxy.1.address')).toBe('%NULL%')
    expect(read.get('voice_mail.number.1')).toBe('%NULL%')
  })

  test('Grandstream: XML of version 1, minutes, payload types, no MAC address', () => {
    const text = body('grandstream', { ...exampleSettings, registerExpires: 90 })
    const root = readXml(text)
    expect([root.name, root.attributes.version]).toEqual(['gs_provision', '1'])
    expect(root.children.map((child) => [child.name, child.attributes.version])).toEqual([
      ['config', '1'],
    ])
    const read = pValues(text)
    expect(read.get('P271')).toBe('1')
    expect(read.get('P48')).toBe('edge.panda.example:5065')
    expect(read.get('P32')).toBe('2')
    expect(read.get('P130')).toBe('2')
    expect([read.get('P57'), read.get('P58'), read.get('P59')]).toEqual(['123', '0', '9'])
    expect(read.get('P64')).toBe('customize')
    expect(read.get('P1362')).toBe('es')
  })

  test('Linphone: sections of entries in its name space, each named once, all overwriting', () => {
    const root = readXml(body('linphone', exampleSettings))
    expect([root.name, root.namespace]).toEqual([
      'config',
      'http://www.linphone.org/xsds/lpconfig.xsd',
    ])
    for (const section of root.children) {
      expect(section.name).toBe('section')
      expect(section.namespace).toBe(root.namespace)
      expect(Object.keys(section.attributes)).toEqual(['name'])
      expect(section.text.trim()).toBe('')
      for (const entry of section.children) {
        expect(entry.name).toBe('entry')
        expect(entry.attributes).toEqual({ name: expect.any(String), overwrite: 'true' })
        expect(entry.children).toEqual([])
      }
      const names = section.children.map((entry) => entry.attributes.name)
      expect(new Set(names).size).toBe(names.length)
    }
    const names = root.children.map((section) => section.attributes.name)
    expect(new Set(names).size).toBe(names.length)
  })

  test('Linphone: registers over TLS through the proxy, once, without keeping the address', () => {
    const read = entries(body('linphone', exampleSettings))
    expect(read.get('proxy_0/reg_proxy')).toBe('<sip:sip.panda.example:5061;transport=tls>')
    expect(read.get('proxy_0/reg_route')).toBe('<sip:edge.panda.example:5065;transport=tls;lr>')
    expect(read.get('proxy_0/reg_identity')).toBe('"John Doe" <sip:ph46170x4665@sip.panda.example>')
    expect(read.get('sip/default_proxy')).toBe('0')
    expect(read.get('misc/transient_provisioning')).toBe('1')
    expect(read.get('audio_codec_0/mime')).toBe('opus')
    expect(read.get('audio_codec_3/enabled')).toBe('0')
  })

  test('an empty name shows the user name', () => {
    const unnamed = { ...exampleSettings, displayName: ' ', lineLabel: '' }
    expect(readCfg(body('yealink', unnamed)).get('account.1.display_name')).toBe('ph46170x4665')
    expect(pValues(body('grandstream', unnamed)).get('P270')).toBe('ph46170x4665')
  })

  test('file names hold neither a MAC address nor anything of the account', () => {
    const names = deviceFormats.map((format) => configFor(format, exampleSettings, now).filename)
    expect(names).toEqual(['yealink.cfg', 'grandstream.xml', 'linphone.xml'])
  })

  test('the same settings make the same file', () => {
    for (const format of deviceFormats)
      expect(body(format, exampleSettings)).toBe(body(format, exampleSettings))
  })
})
