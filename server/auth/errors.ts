import { refuse } from '#server/kernel/errors.ts'

/** The same answer, after the same time, whether the login exists or not. */
export const signInFailed = () =>
  refuse('unauthenticated', 'auth.sign_in_failed', 'Login or password is not right.')

export const signInThrottled = (seconds: number) =>
  refuse(
    'too_many',
    'auth.sign_in_throttled',
    `Too many attempts. Please try again in ${seconds} seconds.`,
    { seconds },
  )

export const notSignedIn = () =>
  refuse('unauthenticated', 'auth.not_signed_in', 'Please sign in to continue.')

export const passwordChangeRequired = () =>
  refuse(
    'forbidden',
    'auth.password_change_required',
    'Choose a new password first; nothing else is available until then.',
  )

export const notAllowed = (right: string) =>
  refuse('forbidden', 'auth.not_allowed', 'Your role does not allow this.', { right })

export const currentPasswordWrong = () =>
  refuse('invalid', 'auth.current_password_wrong', 'The current password is not right.')

export const passwordUnchanged = () =>
  refuse('invalid', 'auth.password_unchanged', 'The new password must differ from the current one.')

export const passwordTooCommon = () =>
  refuse('invalid', 'auth.password_too_common', 'This password is too easy to guess.')

export const passwordIsSet = () =>
  refuse(
    'conflict',
    'auth.password_is_set',
    'Your password is set already. Change it in the settings.',
  )

export const sessionNotFound = () =>
  refuse('not_found', 'auth.session_not_found', 'This session has ended already.')

export const linkLapsed = () =>
  refuse('gone', 'auth.link_lapsed', 'This link has been used or has expired.')
