/** Which application this is: named by what it is made of, dated when it was built. */

declare const __BUILT_AT__: string

export const BUILT_AT = Date.parse(__BUILT_AT__)
/** Short enough to be read over the telephone. */
export const VERSION = __BUILT_AT__.slice(0, 16).replace('T', ' ')
