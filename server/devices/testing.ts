import { SaxesParser } from 'saxes'
import type { SipSettings } from './schema.ts'

/** A line with everything set, for stories and tests of the formats. */
export const exampleSettings: SipSettings = {
  domain: 'sip.panda.example',
  proxy: 'edge.panda.example:5065',
  transport: 'tls',
  port: 5061,
  username: 'ph46170x4665',
  authUser: 'auth46170',
  password: 'Rk7#w=Qz!2',
  displayName: 'John Doe',
  lineLabel: '4665',
  voicemail: '*98',
  timeZone: 'America/New_York',
  language: 'es-MX',
  registerExpires: 3600,
  codecs: ['opus', 'pcmu', 'g722'],
}

/** Reads a .cfg the way a phone does; a key said twice is a fault. */
export function readCfg(body: string): Map<string, string> {
  const [first, ...lines] = body.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/u)
  if (first !== '#!version:1.0.0.1') throw new Error('no version line')

  const read = new Map<string, string>()
  for (const line of lines.filter((text) => text.trim() !== '')) {
    const [, key, value] = /^([a-z0-9_.]+)\s*=\s*(.*?)\s*$/su.exec(line) ?? []
    if (key === undefined || value === undefined) throw new Error(`not a setting: ${line}`)
    if (read.has(key)) throw new Error(`said twice: ${key}`)
    read.set(key, value)
  }
  return read
}

export type XmlElement = {
  name: string
  namespace: string
  attributes: Readonly<Record<string, string>>
  children: XmlElement[]
  text: string
}

/** Reads XML with a parser that refuses what isn't well-formed. */
export function readXml(body: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true })
  const top: XmlElement = { name: '', namespace: '', attributes: {}, children: [], text: '' }
  const open: XmlElement[] = [top]
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', (tag) => {
    const attributes = Object.fromEntries(
      Object.entries(tag.attributes).map(([name, attribute]) => [name, attribute.value]),
    )
    const element = { name: tag.local, namespace: tag.uri, attributes, children: [], text: '' }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('text', (text) => {
    const element = open.at(-1)
    if (element) element.text += text
  })
  parser.on('closetag', () => {
    open.pop()
  })
  parser.write(body).close()

  const [root] = top.children
  if (!root) throw new Error('no root element')
  return root
}
