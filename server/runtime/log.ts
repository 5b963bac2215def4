import pino, { type Logger } from 'pino'

export type Log = Logger

/** Structured lines on standard output. What could be secret is cut out, whoever logs it. */
export const openLog = (level: string): Log =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        '*.password',
        '*.token',
        '*.secret',
        '*.authorization',
        '*.cookie',
        'req.headers',
        'password',
        'token',
      ],
      censor: '[cut]',
    },
  })
