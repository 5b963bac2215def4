import nextAuth from 'next-auth'
import { authOptions } from '#components/session/options.ts'

const handler = nextAuth(authOptions)

export { handler as GET, handler as POST }
