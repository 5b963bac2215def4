'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { refusedBy } from '#components/trpc/refusal.ts'
import { paths } from '#server/kernel/routes.ts'
import { loginHref } from './return-address.ts'

/**
 * Leads to the login, and back here afterwards, when a call finds that the session has ended: ended
 * from another browser, or by itself.
 */
export function SessionWatch() {
  const client = useQueryClient()

  useEffect(() => {
    const look = (error: unknown) => {
      const refused = refusedBy(error)
      if (refused?.kind === 'unauthenticated') {
        location.assign(loginHref(`${location.pathname}${location.search}`, true))
      }
      if (refused?.code === 'auth.password_change_required') location.assign(paths.firstPassword())
    }
    const stopQueries = client.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'error') look(event.action.error)
    })
    const stopMutations = client.getMutationCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'error') look(event.action.error)
    })
    return () => {
      stopQueries()
      stopMutations()
    }
  }, [client])

  return null
}
