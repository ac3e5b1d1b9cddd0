// <gwa-chart>: bars or lines on a canvas. The page holds the same figures in a table.
import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent } from 'echarts/components'
import { init, use, type EChartsCoreOption, type EChartsType } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { FloatTip } from './tip'
import { writeNumber } from './words'

// The canvas renderer and our own tooltip: ECharts' tooltip and SVG write inline styles.
use([BarChart, LineChart, GridComponent, LegendComponent, CanvasRenderer])

const COLOURS = ['#2b4c7e', '#b5541f', '#2c6840', '#b98213', '#6b3f78', '#1c6478']
const INK = '#2f2823'
const RULE = '#e6ddd0'

interface Series {
  label: string
  values: (number | null)[]
}

interface ChartData {
  x: string
  labels: string[]
  series: Series[]
}

class GwaChart extends HTMLElement {
  #chart: EChartsType | undefined
  #size: ResizeObserver | undefined

  connectedCallback(): void {
    const canvas = this.querySelector<HTMLElement>('.chart-canvas')
    const block = document.getElementById(this.dataset['source'] ?? '')
    if (!canvas || !block || this.#chart) return
    const data = JSON.parse(block.textContent) as ChartData
    const chart = init(canvas, null, { renderer: 'canvas' })
    this.#chart = chart
    chart.setOption(describe(data, this.dataset['kind'] === 'line' ? 'line' : 'bar'))
    chart.on('finished', () => this.setAttribute('data-idle', ''))
    this.#explain(chart, canvas, data)
    this.#size = new ResizeObserver(() => chart.resize())
    this.#size.observe(canvas)
  }

  disconnectedCallback(): void {
    this.#size?.disconnect()
    this.#chart?.dispose()
    this.#chart = undefined
  }

  #explain(chart: EChartsType, canvas: HTMLElement, data: ChartData): void {
    const tip = new FloatTip(canvas)
    chart.on('mousemove', (event) => {
      const series = data.series[event.seriesIndex ?? 0]
      const label = data.labels[event.dataIndex]
      const value = series?.values[event.dataIndex]
      const pointer = event.event
      if (!series || label === undefined || value == null || !pointer) return
      tip.show(`${label} · ${series.label} : ${writeNumber(value)}`, pointer.offsetX, pointer.offsetY)
    })
    chart.on('mouseout', () => tip.hide())
  }
}

function describe(data: ChartData, kind: 'bar' | 'line'): EChartsCoreOption {
  const font = getComputedStyle(document.body).fontFamily
  return {
    animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    color: COLOURS,
    textStyle: { fontFamily: font, fontSize: 13, color: INK },
    legend: { show: data.series.length > 1, top: 0, left: 0, textStyle: { color: INK } },
    grid: { left: 8, right: 12, top: data.series.length > 1 ? 36 : 12, bottom: 4, outerBoundsMode: 'same' },
    xAxis: {
      type: 'category',
      data: data.labels,
      axisLine: { lineStyle: { color: INK } },
      axisLabel: { color: INK, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      axisLabel: { color: INK, formatter: writeNumber },
      splitLine: { lineStyle: { color: RULE } },
    },
    series: data.series.map((series) => ({
      type: kind,
      name: series.label,
      data: series.values,
      barMaxWidth: 36,
      symbolSize: 7,
      itemStyle: kind === 'bar' ? { borderRadius: [3, 3, 0, 0] } : {},
    })),
  }
}

customElements.define('gwa-chart', GwaChart)
