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

export interface Answer {
  /** The best ones: nobody reads hundreds. */
  readonly found: readonly Found[]
  readonly total: number
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

interface Person {
  readonly name: string
  /** Its place in the list of households. */
  readonly household: number
  readonly words: number
}

export interface Index {
  readonly households: readonly Household[]
  readonly persons: readonly Person[]
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
/** How long the page may stand still. */
const SLICE_MS = 8

/** Read the lists of households and persons as the server writes them. */
export function makeIndex(menages: string, personnes: string): Index {
  const steps = indexing(menages, personnes)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** Read them beside the page: it goes on answering meanwhile. Null where `isOver` says that nobody waits any more. */
export async function makeIndexGently(
  menages: string, personnes: string, isOver: () => boolean,
): Promise<Index | null> {
  const steps = indexing(menages, personnes)
  while (!isOver()) {
    const until = performance.now() + SLICE_MS
    while (performance.now() < until) {
      const step = steps.next()
      if (step.done) return step.value
    }
    await new Promise((resolve) => setTimeout(resolve))
  }
  return null
}

/** One step a line. */
function* indexing(menages: string, personnes: string): Generator<undefined, Index> {
  const households: Household[] = []
  const persons: Person[] = []
  const words = new Map<string, Word>()
  const byId = new Map<string, { household: number; members: string[] }>()

  function add(name: string, household: number): void {
    const own = new Set(wordsOf(name))
    for (const word of own) bearersOf(words, word).push(persons.length)
    persons.push({ name, household, words: own.size })
  }

  for (const row of rowsOf(menages)) {
    const members: string[] = []
    const head = headOf(row('label'))
    byId.set(row('name'), { household: households.length, members })
    add(head, households.length)
    households.push({
      id: row('name'), head, number: row('registry_number'), zone: row('zone_code'), address: row('address'), members,
    })
    yield
  }
  for (const row of rowsOf(personnes)) {
    const home = byId.get(row('household_id'))
    const name = row('label')
    home?.members.push(name)
    if (home && name !== households[home.household]?.head) {
      add([name, row('everyday_name')].filter(Boolean).join(' '), home.household)
    }
    yield
  }
  return { households, persons, words: [...words.values()] }
}

export function find(index: Index, asked: Asked): Answer {
  const all = findAll(index, asked)
  return { found: all.slice(0, MOST_FOUND), total: all.length }
}

function findAll(index: Index, { text, zone }: Asked): Found[] {
  const asked = wordsOf(text)
  if (asked.length === 0) return zone ? inZone(index, zone) : []
  const digits = text.replace(/\D/g, '')
  if (digits.length >= 3 && !/\p{L}{3}/u.test(text)) return byNumber(index, digits)
  const likeness = new Float32Array(index.persons.length)
  for (const word of asked) addLikeness(likeness, index, word)
  const best = new Map<number, Found>()
  for (let person = 0; person < likeness.length; person += 1) {
    const total = likeness[person]!
    // Few come near: the rest is not looked at.
    if (total < LEAST * asked.length) continue
    const { name, household, words } = index.persons[person]!
    const home = index.households[household]!
    const more = Math.max(0, words - asked.length) * EACH_WORD_MORE
    const found = { household: home, member: name === home.head ? '' : name, likeness: total / asked.length - more }
    const isOutside = zone !== '' && home.zone !== zone
    if (!isOutside && found.likeness > (best.get(household)?.likeness ?? 0)) best.set(household, found)
  }
  return [...best.values()].sort((one, other) => other.likeness - one.likeness)
}

/** Add, for each person, how near the nearest of its words is to the one that was typed. */
function addLikeness(likeness: Float32Array, { words }: Index, asked: string): void {
  const sound = soundOf(asked)
  const nearest = new Float32Array(likeness.length)
  for (const word of words) {
    const value = wordLikeness(asked, sound, word)
    if (value === 0) continue
    for (const person of word.bearers) if (value > nearest[person]!) nearest[person] = value
  }
  for (let person = 0; person < nearest.length; person += 1) likeness[person]! += nearest[person]!
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
