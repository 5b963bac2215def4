import type { ReactNode } from 'react'

export type Command = Readonly<{
  id: string
  label: string
  /** What it is: "Customer 46170", "Settings". */
  detail?: string
  group: string
  icon?: ReactNode
  href: string
  /** Other words people look for it with. */
  keywords?: string
}>

/** Finds more as the person types: customers, extensions. Aborted when the text changes. */
export type CommandSource = (text: string, signal: AbortSignal) => Promise<readonly Command[]>

/** Every word typed begins a word of the command; what starts with the text comes first. */
export function matching(commands: readonly Command[], text: string): readonly Command[] {
  const words = plain(text).split(' ').filter(Boolean)
  if (words.length === 0) return commands

  return commands
    .map((command) => ({
      command,
      in: plain(`${command.label} ${command.detail ?? ''} ${command.keywords ?? ''}`),
    }))
    .filter((entry) => words.every((word) => ` ${entry.in}`.includes(` ${word}`)))
    .sort((a, b) => Number(b.in.startsWith(plain(text))) - Number(a.in.startsWith(plain(text))))
    .map((entry) => entry.command)
}

/** Lower case, without accents or punctuation: "Números" is found by "numeros". */
const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
