// RFC 5321: 64 before the at sign, 254 in all. Quoted names and bare hosts exist on paper only;
// spaces, commas and angle brackets would let one address become several in a mail header.
const name = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i
const label = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u

/**
 * The address as we keep it: trimmed, the domain in lower case. What is before the at sign is the
 * mail server's business and stays. Undefined when no mail could be sent there.
 */
export function normaliseEmail(text: string): string | undefined {
  const trimmed = text.trim().normalize('NFC')
  const at = trimmed.lastIndexOf('@')
  const local = trimmed.slice(0, at)
  const domain = trimmed.slice(at + 1).toLowerCase()
  const labels = domain.split('.')

  const possible =
    at > 0 &&
    trimmed.length <= 254 &&
    local.length <= 64 &&
    name.test(local) &&
    labels.length > 1 &&
    labels.every((part) => label.test(part)) &&
    // The last one is never a number: that would be an IP address.
    !/^\d+$/.test(labels.at(-1)!)
  return possible ? `${local}@${domain}` : undefined
}
