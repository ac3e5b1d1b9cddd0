/** The village of the training: its places, its households and their people are invented. */

import { readCsv, writeCsv } from '@gwa/shared/src/store/csv.ts'

type Row = Readonly<Record<string, string>>

const PLACES: readonly Row[] = [
  { name: 'FORMATION-R', label: 'Formation', level: 'region' },
  { name: 'FORMATION-C', label: 'Formation', level: 'cercle', region: 'FORMATION-R' },
  { name: 'FORMATION-K', label: 'Formation', level: 'commune', region: 'FORMATION-R', cercle: 'FORMATION-C' },
  {
    name: 'FORMATION-V', label: 'Sira-Kɔrɔ', level: 'settlement', region: 'FORMATION-R', cercle: 'FORMATION-C',
    commune: 'FORMATION-K',
  },
]

/** Given name, sex, birth, relationship. */
type Member = readonly [string, 'F' | 'M', string, string]

/** The family's name, its head, then the others. */
const FAMILIES: readonly (readonly [string, Member, ...Member[]])[] = [
  ['Traoré', ['Awa', 'F', '1979-03-12', 'head'], ['Bakary', 'M', '2004-07-01', 'child'], ['Nana', 'F', '2011-11-20', 'child']],
  ['Coulibaly', ['Zoumana', 'M', '1968-01-01', 'head'], ['Kadiatou', 'F', '1975-06-15', 'spouse'], ['Issa', 'M', '2009-02-03', 'child']],
  ['Diarra', ['Fanta', 'F', '1990-09-09', 'head'], ['Adama', 'M', '2015-04-04', 'child']],
  ['Maïga', ['Alhousseini', 'M', '1955-01-01', 'head'], ['Ramata', 'F', '1962-01-01', 'spouse']],
  ['Sangaré', ['Drissa', 'M', '1984-12-30', 'head'], ['Mariam', 'F', '1988-05-05', 'spouse'], ['Oumou', 'F', '2018-08-18', 'child']],
]

const HOUSEHOLDS: readonly Row[] = FAMILIES.map(([family, head], place) => ({
  name: `00000000-0000-4000-8000-00000000000${place}`,
  label: `${head[0]} ${family} – ${number(place)}`,
  __version: '1', zone_code: 'FORMATION-V', registry_number: number(place), address: '',
}))

const PERSONS: readonly Row[] = FAMILIES.flatMap(([family, ...members], home) =>
  members.map(([given, sex, born, relationship], place) => ({
    name: `00000000-0000-4000-9000-0000000000${home}${place}`,
    label: `${given} ${family}`,
    __version: '1', household_id: HOUSEHOLDS[home]?.['name'] ?? '', given_name: given, family_name: family, sex,
    birth_from: born, birth_to: born, birth_known_by: 'declared', relationship, is_absent: 'no',
  })),
)

const LISTS: Readonly<Record<string, readonly Row[]>> = {
  'zones.csv': PLACES,
  'menages.csv': HOUSEHOLDS,
  'personnes.csv': PERSONS,
}

/** Write a list of the village in the columns of the true one; null where the true one names nobody. */
export function writeTrainingList(name: string, firstLine: string): string | null {
  const rows = LISTS[name]
  if (!rows) return null
  const titles = [...(readCsv(firstLine).next().value ?? [])]
  return writeCsv([titles, ...rows.map((row) => titles.map((title) => row[title] ?? ''))])
}

/** Ten digits and their check, as true numbers have. */
function number(place: number): string {
  const payload = 1_000_000_000 + place
  return `${payload}${String(98 - ((payload * 100) % 97)).padStart(2, '0')}`
}
