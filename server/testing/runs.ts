/**
 * How many examples a property is tried with: all of them when asked for, a few where each of a thousand
 * mutants is tried, `usual` else.
 */
export const runs = (usual: number, deep = usual): number => {
  if (process.env.PORTICO_DEEP) return deep
  return process.env.PORTICO_MUTATION ? Math.max(30, Math.round(usual / 20)) : usual
}
