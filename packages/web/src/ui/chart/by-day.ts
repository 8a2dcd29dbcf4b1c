import { formatDay } from '../../text/dates.ts';
import type { ChartPalette } from './chart-canvas.tsx';

/**
 * Frame of a chart of counts over days: whole numbers from nought, the days along the foot.
 * `nameRoom`: px right of the plot, for the names at the ends of its lines.
 */
export const countsByDay = (palette: ChartPalette, days: readonly string[], nameRoom: number) => ({
  grid: {
    left: 8,
    right: nameRoom,
    top: 16,
    bottom: 8,
    outerBoundsMode: 'same',
    outerBoundsContain: 'axisLabel',
  },
  xAxis: {
    type: 'category',
    data: days.map((day) => formatDay(day)),
    axisLine: { lineStyle: { color: palette.border } },
    axisLabel: { color: palette.ink3 },
    axisTick: { show: false },
  },
  yAxis: {
    type: 'value',
    min: 0,
    minInterval: 1,
    splitLine: { lineStyle: { color: palette.hair } },
    axisLabel: { color: palette.ink3 },
  },
});
