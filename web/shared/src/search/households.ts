/** "Is this household already registered?": the households of this telephone, found by the names of their members,
 *  by their number or by their place. */

import { readCsv } from '../store/csv.ts'
import { soundOf, wordsOf } from './spelling.ts'

export interface Household {
  readonly id: string
  readonly head: string
  readonly number: string
  readonly zone: string
  readonly address: string
  readonly members: readonly string[]
}

export interface Found {
  readonly household: Household
  /** The member whose name answers best, where it is not the head. */
  readonly member: string
  readonly likeness: number
}

export interface Asked {
  readonly text: string
  /** Only in this place; everywhere where it is empty. */
  readonly zone: string
}

interface Word {
  readonly word: string
  readonly sound: string
  /** The persons who bear it. */
  readonly bearers: number[]
}

export interface Index {
  readonly households: readonly Household[]
  readonly persons: readonly { readonly name: string; readonly household: number; readonly words: number }[]
  readonly words: readonly Word[]
}

const SAME = 1
const SAME_SOUND = 0.97
const BEGINNING = 0.95
const ONE_SLIP = 0.85
const EACH_WORD_MORE = 0.01
const LEAST_FOR_BEGINNING = 2
const LEAST_FOR_SLIP = 4
/** A hit on half the words typed is not the same household. */
const LEAST = 0.6
const MOST_FOUND = 200

/** Read the lists of households and persons as the server writes them. */
export function makeIndex(menages: string, personnes: string): Index {
  const households: Household[] = []
  const byId = new Map<string, { place: number; members: string[] }>()
  for (const row of rowsOf(menages)) {
    const members: string[] = []
    byId.set(row('name'), { place: households.length, members })
    households.push({
      id: row('name'), head: headOf(row('label')), number: row('registry_number'), zone: row('zone_code'),
      address: row('address'), members,
    })
  }
  const names: { name: string; household: number }[] = households.map(({ head }, household) => ({ name: head, household }))
  for (const row of rowsOf(personnes)) {
    const home = byId.get(row('household_id'))
    if (!home) continue
    const name = [row('label'), row('everyday_name')].filter(Boolean).join(' ')
    home.members.push(row('label'))
    names.push({ name, household: home.place })
  }
  const words = new Map<string, Word>()
  const persons = names.map(({ name, household }, person) => {
    const own = new Set(wordsOf(name))
    for (const word of own) bearersOf(words, word).push(person)
    return { name, household, words: own.size }
  })
  return { households, persons, words: [...words.values()] }
}

export function find(index: Index, { text, zone }: Asked): Found[] {
  const asked = wordsOf(text)
  if (asked.length === 0) return zone ? inZone(index, zone) : []
  const digits = text.replace(/\D/g, '')
  if (digits.length >= 3 && !/\p{L}{3}/u.test(text)) return byNumber(index, digits)
  const likeness = new Map<number, number>()
  for (const word of asked) addLikeness(likeness, index, word)
  const best = new Map<number, Found>()
  for (const [person, total] of likeness) {
    const { name, household, words } = index.persons[person]!
    const home = index.households[household]!
    const more = Math.max(0, words - asked.length) * EACH_WORD_MORE
    const found = { household: home, member: name === home.head ? '' : name, likeness: total / asked.length - more }
    const isOutside = zone !== '' && home.zone !== zone
    if (isOutside || found.likeness < LEAST || found.likeness <= (best.get(household)?.likeness ?? 0)) continue
    best.set(household, found)
  }
  return [...best.values()].sort((one, other) => other.likeness - one.likeness).slice(0, MOST_FOUND)
}

/** Add, for each person, how near the nearest of its words is to the one that was typed. */
function addLikeness(likeness: Map<number, number>, { words }: Index, asked: string): void {
  const sound = soundOf(asked)
  const nearest = new Map<number, number>()
  for (const word of words) {
    const value = wordLikeness(asked, sound, word)
    if (value === 0) continue
    for (const person of word.bearers) nearest.set(person, Math.max(nearest.get(person) ?? 0, value))
  }
  for (const [person, value] of nearest) likeness.set(person, (likeness.get(person) ?? 0) + value)
}

function wordLikeness(asked: string, sound: string, word: Word): number {
  if (word.word === asked) return SAME
  if (word.sound === sound) return SAME_SOUND
  if (asked.length >= LEAST_FOR_BEGINNING && (word.word.startsWith(asked) || word.sound.startsWith(sound))) return BEGINNING
  return sound.length >= LEAST_FOR_SLIP && isOneSlip(sound, word.sound) ? ONE_SLIP : 0
}

/** Tell whether one letter more, one less, or another one parts two words. */
export function isOneSlip(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (long.length - short.length > 1) return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at += 1
  return short.slice(short.length === long.length ? at + 1 : at) === long.slice(at + 1)
}

function byNumber({ households }: Index, digits: string): Found[] {
  return households
    .filter(({ number }) => number.replace(/\D/g, '').includes(digits))
    .slice(0, MOST_FOUND)
    .map((household) => ({ household, member: '', likeness: SAME }))
}

function inZone({ households }: Index, zone: string): Found[] {
  return households
    .filter((household) => household.zone === zone)
    .map((household) => ({ household, member: '', likeness: SAME }))
}

/** The label of a household is its head, then its number or its size. */
const headOf = (label: string): string => label.replace(/\s–\s[^–]*$/, '')

function* rowsOf(csv: string): Generator<(title: string) => string> {
  const lines = readCsv(csv)
  const titles = lines.next().value ?? []
  const places = new Map([...titles].map((title, place) => [title, place]))
  for (const line of lines) yield (title) => line[places.get(title) ?? -1] ?? ''
}

function bearersOf(words: Map<string, Word>, word: string): number[] {
  const known = words.get(word)
  if (known) return known.bearers
  const made: Word = { word, sound: soundOf(word), bearers: [] }
  words.set(word, made)
  return made.bearers
}
