import type { ChartSpec } from '../ui/chart/chart-canvas.tsx';

const weeks = Array.from({ length: 12 }, (_week, index) => `W${index + 36}`);
const gaps = [61, 60, 58, 55, null, 52, 49, 47, 44, 41, 39, 37];

export const gapsChart: ChartSpec = (palette) => ({
  xAxis: {
    type: 'category',
    data: weeks,
    axisLine: { lineStyle: { color: palette.ink3 } },
    axisLabel: { color: palette.ink3 },
  },
  yAxis: {
    type: 'value',
    min: 0,
    splitLine: { lineStyle: { color: palette.hair } },
    axisLabel: { color: palette.ink3 },
  },
  series: [{ type: 'line', name: 'Gaps', data: gaps, symbolSize: 5 }],
});

export const gapsTable = {
  columns: ['Week', 'Gaps'],
  rows: weeks.map((week, index) => [week, gaps[index] ?? null]),
};
