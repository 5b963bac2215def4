'use client'

import { ListBox } from '@heroui/react/list-box'
import { Modal } from '@heroui/react/modal'
import { Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Autocomplete } from 'react-aria-components/Autocomplete'
import { Header } from 'react-aria-components/Header'
import { Input } from 'react-aria-components/Input'
import { SearchField } from 'react-aria-components/SearchField'
import { type Command, type CommandSource, matching } from './command.ts'
import './overlays.css'

type Props = Readonly<{
  isOpen: boolean
  onClose: () => void
  commands: readonly Command[]
  source: CommandSource | undefined
}>

/** Pause after the last key before asking the server, in milliseconds. */
const TYPING_PAUSE = 180

/** Loaded by command-menu.tsx when it first opens. */
export function CommandWindow({ isOpen, onClose, commands, source }: Props) {
  const t = useTranslations('common.command')
  const router = useRouter()
  const [text, setText] = useState('')
  const { found, searching } = useFound(source, text)

  const all = [...matching(commands, text), ...found]
  const groups = [...new Set(all.map((command) => command.group))]

  const close = () => {
    setText('')
    onClose()
  }
  const go = (id: string) => {
    const command = all.find((each) => each.id === id)
    if (!command) return
    close()
    router.push(command.href)
  }

  return (
    <Modal.Backdrop isOpen={isOpen} onOpenChange={(open) => open || close()}>
      <Modal.Container placement="top" size="lg">
        <Modal.Dialog aria-label={t('open')} className="gap-0 overflow-hidden p-0 sm:mt-[8vh]">
          <Autocomplete inputValue={text} onInputChange={setText}>
            <SearchField autoFocus aria-label={t('open')} className="relative">
              <Search
                aria-hidden
                className="pointer-events-none absolute start-4 top-1/2 size-4 -translate-y-1/2 text-muted"
              />
              <Input
                placeholder={t('placeholder')}
                className="h-12 w-full border-b border-separator bg-transparent ps-11 pe-4 text-base outline-none placeholder:text-field-placeholder [&::-webkit-search-cancel-button]:hidden"
              />
            </SearchField>
            <ListBox
              aria-label={t('open')}
              selectionMode="none"
              className="max-h-[min(24rem,50dvh)] overflow-y-auto p-2"
              onAction={(key) => go(String(key))}
              renderEmptyState={() => (
                <p className="px-3 py-8 text-center text-sm text-muted">
                  {searching ? t('searching') : t('none', { text })}
                </p>
              )}
            >
              {groups.map((group) => (
                <ListBox.Section key={group} id={group} aria-label={group}>
                  <Header className="px-2.5 pt-2 pb-1 text-xs font-medium text-muted">
                    {group}
                  </Header>
                  {all
                    .filter((command) => command.group === group)
                    .map((command) => (
                      <ListBox.Item key={command.id} id={command.id} textValue={command.label}>
                        <span className="flex min-w-0 flex-1 items-center gap-3 text-sm [&_svg]:size-4 [&_svg]:flex-none [&_svg]:text-muted">
                          {command.icon}
                          <span className="truncate">{command.label}</span>
                          <span className="ms-auto truncate text-xs text-muted">
                            {command.detail}
                          </span>
                        </span>
                      </ListBox.Item>
                    ))}
                </ListBox.Section>
              ))}
            </ListBox>
          </Autocomplete>
        </Modal.Dialog>
      </Modal.Container>
    </Modal.Backdrop>
  )
}

/** What the server finds for the text, a moment after the typing pauses. */
function useFound(source: CommandSource | undefined, text: string) {
  const [found, setFound] = useState<readonly Command[]>([])
  const [searching, setSearching] = useState(false)
  const wanted = text.trim()

  useEffect(() => {
    setFound([])
    setSearching(false)
    if (!source || wanted === '') return

    const stop = new AbortController()
    setSearching(true)
    const timer = setTimeout(() => {
      source(wanted, stop.signal)
        .then((commands) => stop.signal.aborted || setFound(commands))
        // Pages can still be reached; a failed search only finds nothing.
        .catch(() => stop.signal.aborted || setFound([]))
        .finally(() => stop.signal.aborted || setSearching(false))
    }, TYPING_PAUSE)

    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [source, wanted])

  return { found, searching }
}
