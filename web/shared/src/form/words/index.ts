import { typesetAll } from '../../words/typeset.ts'
import type { Tongue } from '../contract.ts'
import { bm } from './bm.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import type { Words } from './words.ts'

export type { Words } from './words.ts'

const CATALOGUES: Readonly<Record<Tongue, Words>> = typesetAll({ fr, en, bm })

/** The screens speak the form's language where they can, else the application's. */
export function wordsFor(formLanguage: string, tongue: Tongue): Words {
  return CATALOGUES[tagOf(formLanguage) as Tongue] ?? CATALOGUES[tongue]
}

/** The tag in `Bamanankan (bm)`; the name itself where it has none. */
export function tagOf(formLanguage: string): string {
  return /\(([A-Za-z]{2,3})(?:-[\w-]+)?\)\s*$/.exec(formLanguage)?.[1]?.toLowerCase() ?? formLanguage
}
