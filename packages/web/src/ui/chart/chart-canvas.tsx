import { BarChart, LineChart } from 'echarts/charts';
import {
  AriaComponent,
  BrushComponent,
  DatasetComponent,
  GridComponent,
  MarkLineComponent,
  MarkPointComponent,
  TooltipComponent,
} from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef, useSyncExternalStore } from 'react';

use([
  LineChart,
  BarChart,
  GridComponent,
  TooltipComponent,
  DatasetComponent,
  AriaComponent,
  MarkLineComponent,
  MarkPointComponent,
  BrushComponent,
  CanvasRenderer,
]);

/** The tokens a chart draws with; a canvas cannot read CSS variables by itself. */
export type ChartPalette = {
  series: readonly string[];
  ink: string;
  ink2: string;
  ink3: string;
  hair: string;
  surface: string;
  raised: string;
  border: string;
  verdict: Readonly<
    Record<'holds' | 'gap' | 'accepted' | 'unverifiable' | 'not-started' | 'not-applicable', string>
  >;
  font: string;
};

export type ChartSpec = (palette: ChartPalette) => EChartsCoreOption;

const readPalette = (): ChartPalette => {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    series: [1, 2, 3, 4, 5, 6].map((index) => token(`chart-${index}`)),
    ink: token('ink'),
    ink2: token('ink2'),
    ink3: token('ink3'),
    hair: token('hair'),
    surface: token('surface'),
    raised: token('raised'),
    border: token('border'),
    verdict: {
      holds: token('holds'),
      gap: token('gap'),
      accepted: token('soon'),
      unverifiable: token('not-applicable'),
      'not-started': token('not-started'),
      'not-applicable': token('not-applicable'),
    },
    font: token('font'),
  };
};

/** What every chart has in common. The tooltip is drawn, because ECharts' HTML one carries styles the policy refuses. */
const common = (palette: ChartPalette): EChartsCoreOption => ({
  color: [...palette.series],
  animation: false,
  textStyle: { fontFamily: palette.font, fontSize: 12, color: palette.ink2 },
  grid: { left: 8, right: 16, top: 16, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
  tooltip: {
    trigger: 'axis',
    renderMode: 'richText',
    backgroundColor: palette.raised,
    borderColor: palette.border,
    textStyle: { color: palette.ink, fontFamily: palette.font, fontSize: 12 },
    axisPointer: { lineStyle: { color: palette.ink3 } },
  },
  aria: { enabled: true, decal: { show: true } },
});

const followScheme = (listener: () => void): (() => void) => {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-mantine-color-scheme'],
  });
  return () => observer.disconnect();
};
const scheme = (): string => document.documentElement.dataset.mantineColorScheme ?? 'light';

export const ChartCanvas = ({ spec, height, label }: { spec: ChartSpec; height: number; label: string }) => {
  const box = useRef<HTMLDivElement>(null);
  const current = useSyncExternalStore(followScheme, scheme);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const chart = init(element, undefined, { renderer: 'canvas' });
    const resize = new ResizeObserver(() => chart.resize());
    resize.observe(element);
    // The palette is read anew for each scheme; `current` is why this runs again.
    element.dataset.scheme = current;
    const palette = readPalette();
    chart.setOption({ ...common(palette), ...spec(palette) });
    // ECharts writes its own description; ours is the finding the page states.
    element.setAttribute('aria-label', label);
    return () => {
      resize.disconnect();
      chart.dispose();
    };
  }, [spec, current, label]);
  return <div ref={box} role="img" aria-label={label} style={{ height }} />;
};
