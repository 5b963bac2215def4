import { authOptions } from '#components/session/options.ts'
import nextAuth from 'next-auth'

const handler = nextAuth(authOptions)

export { handler as GET, handler as POST }
