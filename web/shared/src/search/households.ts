/** "Is this household already registered?": the households of this telephone, found by the names of their members,
 *  by their number or by their place. */

import { visitColumns } from '../store/csv.ts'
import { soundOf, wordsOf } from './spelling.ts'

export interface Household {
  readonly id: string
  readonly head: string
  readonly number: string
  readonly zone: string
  readonly address: string
  /** Of the list that it was read from. */
  readonly version: string
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

/** Persons stand one after another, each with a number: sixty thousand of them are no objects. */
export interface Index {
  readonly households: readonly Household[]
  readonly words: readonly Word[]
  readonly names: readonly string[]
  /** The place of its household, by the person's number. */
  readonly homes: readonly number[]
  /** Of how many words its name is made. */
  readonly lengths: readonly number[]
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

const HOUSEHOLD = ['name', 'label', 'zone_code', 'registry_number', 'address', '__version'] as const
const PERSON = ['household_id', 'label', 'everyday_name'] as const

/** Read the lists of households and persons as the server writes them. */
export function makeIndex(menages: string, personnes: string): Index {
  const households: Household[] = []
  const names: string[] = []
  const homes: number[] = []
  const lengths: number[] = []
  const words = new Map<string, Word>()
  const partsOf = rememberParts(words)
  const byId = new Map<string, { place: number; head: string; members: string[] }>()

  function add(name: string, home: number, more = ''): void {
    const own = new Set(partsOf(name))
    if (more) for (const part of partsOf(more)) own.add(part)
    for (const { bearers } of own) bearers.push(names.length)
    names.push(more ? `${name} ${more}` : name)
    homes.push(home)
    lengths.push(own.size)
  }

  visitColumns(menages, HOUSEHOLD, ([id = '', label = '', zone = '', number = '', address = '', version = '']) => {
    const head = headOf(label)
    const members: string[] = []
    byId.set(id, { place: households.length, head, members })
    add(head, households.length)
    households.push({ id, head, number, zone, address, version, members })
  })
  visitColumns(personnes, PERSON, ([id = '', name = '', everyday = '']) => {
    const home = byId.get(id)
    if (!home) return
    home.members.push(name)
    if (name !== home.head) add(name, home.place, everyday)
  })
  return { households, words: [...words.values()], names, homes, lengths }
}

/** The words of a name. Few names are rare: each spelling is folded once. */
function rememberParts(words: Map<string, Word>): (name: string) => Word[] {
  const known = new Map<string, Word[]>()
  return (name) => name.split(' ').flatMap((spelling) => {
    let parts = known.get(spelling)
    if (!parts) known.set(spelling, (parts = wordsOf(spelling).map((word) => bearersOf(words, word))))
    return parts
  })
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
  const likeness = new Float32Array(index.names.length)
  for (const word of asked) addLikeness(likeness, index, word)
  const best = new Map<number, Found>()
  for (let person = 0; person < likeness.length; person += 1) {
    const total = likeness[person]!
    // Few come near: the rest is not looked at.
    if (total < LEAST * asked.length) continue
    const household = index.homes[person]!
    const home = index.households[household]!
    const name = index.names[person]!
    const more = Math.max(0, index.lengths[person]! - asked.length) * EACH_WORD_MORE
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

function bearersOf(words: Map<string, Word>, word: string): Word {
  const known = words.get(word)
  if (known) return known
  const made: Word = { word, sound: soundOf(word), bearers: [] }
  words.set(word, made)
  return made
}
