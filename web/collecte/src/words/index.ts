import { type Tongue, tongue } from '@gwa/shared/src/words/tongue.ts'
import { typesetAll } from '@gwa/shared/src/words/typeset.ts'
import { computed } from 'vue'
import { bm } from './bm.ts'
import { en } from './en.ts'
import { fr, type Words } from './fr.ts'

const CATALOGUES: Readonly<Record<Tongue, Words>> = typesetAll({ fr, en, bm })

export const words = computed<Words>(() => CATALOGUES[tongue.value])
