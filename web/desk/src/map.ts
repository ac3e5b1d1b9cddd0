// <gwa-map>: zones coloured by one figure, or places, drawn from our own GeoJSON. No tiles.
// The page gives the same figures in a table: the map is the second reading, not the only one.
import 'maplibre-gl/dist/maplibre-gl.css'
import type { Feature, FeatureCollection } from 'geojson'
import {
  LngLatBounds,
  Map as MapLibre,
  NavigationControl,
  setWorkerUrl,
  type MapGeoJSONFeature,
} from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import { drawLegend } from './legend'
import { classOf, cutInClasses, type Classes } from './classes'
import { FloatTip } from './tip'
import { writeNumber } from './words'

setWorkerUrl(workerUrl)

const PAPER = '#f4efe7'
const LINE = '#6f3216'

class GwaMap extends HTMLElement {
  #map: MapLibre | undefined

  connectedCallback(): void {
    if (!this.#map) void this.#draw().catch(() => this.#fail())
  }

  disconnectedCallback(): void {
    this.#map?.remove()
    this.#map = undefined
  }

  async #draw(): Promise<void> {
    const canvas = this.querySelector<HTMLElement>('.map-canvas')
    const source = this.dataset['src']
    if (!canvas || !source) return
    const answer = await fetch(source, { headers: { Accept: 'application/geo+json' } })
    if (!answer.ok) throw new Error(String(answer.status))
    const data = (await answer.json()) as FeatureCollection
    const bounds = boundsToOpen(data)
    if (bounds.isEmpty()) return this.#replace(canvas, 'empty')
    const classes = this.#classify(data)
    const map = new MapLibre({
      container: canvas,
      style: styleFor(data),
      bounds,
      fitBoundsOptions: { padding: 28, maxZoom: 12 },
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      maxPitch: 0,
      cooperativeGestures: false,
      locale: {
        'Map.Title': canvas.getAttribute('aria-label') ?? '',
        'NavigationControl.ZoomIn': this.dataset['zoomIn'] ?? '',
        'NavigationControl.ZoomOut': this.dataset['zoomOut'] ?? '',
      },
    })
    this.#map = map
    map.scrollZoom.disable()
    map.touchZoomRotate.disableRotation()
    map.addControl(new NavigationControl({ showCompass: false }), 'top-right')
    map.once('idle', () => this.setAttribute('data-idle', ''))
    this.#explain(map, canvas)
    if (classes) {
      const legend = this.querySelector<HTMLElement>('.legend')
      if (legend) drawLegend(legend, classes, this.dataset['noData'] ?? '')
    }
  }

  /** Writes the colour of each zone into its properties, so that the style stays one constant. */
  #classify(data: FeatureCollection): Classes | undefined {
    const figure = this.dataset['figure']
    if (!figure) return undefined
    const values = data.features
      .map((feature) => feature.properties?.[figure] as unknown)
      .filter((value): value is number => typeof value === 'number')
    const classes = cutInClasses(values)
    for (const feature of data.features) {
      const value = feature.properties?.[figure] as unknown
      feature.properties = {
        ...feature.properties,
        colour: classOf(classes, typeof value === 'number' ? value : null),
      }
    }
    return classes
  }

  #explain(map: MapLibre, canvas: HTMLElement): void {
    const tip = new FloatTip(canvas)
    for (const layer of ['places', 'zones']) {
      map.on('mousemove', layer, (event) => {
        const feature = event.features?.[0]
        // A zone that is not the reader's is an outline without a name: nothing to say of it.
        if (!feature?.properties['name']) return tip.hide()
        map.getCanvas().style.cursor = feature.properties['url'] ? 'pointer' : ''
        tip.show(this.#describe(feature), event.point.x, event.point.y)
      })
      map.on('mouseleave', layer, () => {
        map.getCanvas().style.cursor = ''
        tip.hide()
      })
      map.on('click', layer, (event) => {
        const url = event.features?.[0]?.properties['url'] as string | undefined
        if (url) location.assign(url)
      })
    }
  }

  #describe(feature: MapGeoJSONFeature): string {
    const name = String(feature.properties['name'] ?? '')
    const figure = this.dataset['figure']
    if (!figure || feature.layer.id !== 'zones') return name
    const value = feature.properties[figure] as unknown
    const written = typeof value === 'number' ? writeNumber(value) : this.dataset['noData']
    return `${name} · ${this.dataset['figureLabel'] ?? ''} : ${written ?? ''}`
  }

  /** Without WebGL or network the page still works: it has the table. */
  #fail(): void {
    const canvas = this.querySelector<HTMLElement>('.map-canvas')
    if (canvas) this.#replace(canvas, 'failed')
  }

  #replace(canvas: HTMLElement, reason: 'failed' | 'empty'): void {
    const notice = document.createElement('p')
    notice.className = 'text-secondary'
    notice.textContent = this.dataset[reason] ?? ''
    canvas.replaceWith(notice)
    this.setAttribute('data-idle', '')
  }
}

function styleFor(data: FeatureCollection) {
  return {
    version: 8 as const,
    sources: { areas: { type: 'geojson' as const, data } },
    layers: [
      { id: 'paper', type: 'background' as const, paint: { 'background-color': PAPER } },
      {
        id: 'zones',
        type: 'fill' as const,
        source: 'areas',
        filter: ['==', ['geometry-type'], 'Polygon'] as never,
        paint: {
          'fill-color': [
            'coalesce',
            ['get', 'colour'],
            ['case', ['has', 'focus'], '#ffffff', '#efe4d6'],
          ] as never,
        },
      },
      {
        id: 'borders',
        type: 'line' as const,
        source: 'areas',
        filter: ['==', ['geometry-type'], 'Polygon'] as never,
        paint: { 'line-color': LINE, 'line-width': 1 },
      },
      {
        id: 'places',
        type: 'circle' as const,
        source: 'areas',
        filter: ['==', ['geometry-type'], 'Point'] as never,
        paint: {
          'circle-color': '#2b4c7e',
          'circle-radius': 8,
          'circle-stroke-color': '#ffffff',
          'circle-stroke-width': 2.5,
        },
      },
    ],
  }
}

/** The map opens on what the answer puts forward, else on the reader's own zones, else on all. */
function boundsToOpen(data: FeatureCollection): LngLatBounds {
  for (const mark of ['focus', 'name']) {
    const marked = data.features.filter((feature) => feature.properties?.[mark])
    if (marked.length) return boundsOf(marked)
  }
  return boundsOf(data.features)
}

function boundsOf(features: Feature[]): LngLatBounds {
  const bounds = new LngLatBounds()
  const visit = (part: unknown): void => {
    if (!Array.isArray(part)) return
    if (typeof part[0] === 'number' && typeof part[1] === 'number') bounds.extend([part[0], part[1]])
    else part.forEach(visit)
  }
  features.forEach((feature) => {
    if (feature.geometry && 'coordinates' in feature.geometry) visit(feature.geometry.coordinates)
  })
  return bounds
}

customElements.define('gwa-map', GwaMap)
