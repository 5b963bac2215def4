import { settingUnwritable } from './errors.ts'
import type { SipSettings } from './schema.ts'
import { zSipSettings } from './schema.ts'

/** The settings as every format may write them, or a refusal that names the one that can't be. */
export function writable(settings: SipSettings): SipSettings {
  const checked = zSipSettings.safeParse(settings)
  if (!checked.success)
    throw settingUnwritable(String(checked.error.issues[0]?.path[0] ?? 'settings'))

  const { displayName, lineLabel, username } = checked.data
  return {
    ...checked.data,
    displayName: displayName || username,
    lineLabel: lineLabel || displayName || username,
  }
}

/** `host:port` taken apart; IPv6 keeps its brackets, as SIP addresses write it. */
export function hostAndPort(
  address: string,
  otherwise: number,
): Readonly<{ host: string; port: number }> {
  const found = /^(.*):(\d+)$/.exec(address)
  const [, host = address, port] = found ?? []
  return { host, port: port ? Number(port) : otherwise }
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Fit for an element and for an attribute alike. */
export const xml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => escapes[character] ?? '')
