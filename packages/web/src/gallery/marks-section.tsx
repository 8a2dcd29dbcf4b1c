import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { DateText } from '../ui/date-text.tsx';
import { Band } from '../ui/marks/band.tsx';
import { Rail } from '../ui/marks/rail.tsx';
import { Strip } from '../ui/marks/strip.tsx';
import { verdicts, verdictWord } from '../ui/marks/verdict.ts';
import { VerdictLabel, VerdictMark } from '../ui/marks/verdict-mark.tsx';
import css from './gallery-page.module.css';
import { stationsOf } from './sample-line.ts';

export const MarksSection = () => {
  const [line, setLine] = useState('hhshhghaguh-ngh');
  const [at, setAt] = useState(1);
  const stations = stationsOf(line);
  return (
    <div className={css.stack}>
      <p className={css.row}>
        {verdicts.map((verdict) => (
          <span key={verdict} className={css.row}>
            <VerdictMark verdict={verdict} /> <VerdictLabel verdict={verdict} />
          </span>
        ))}
        <VerdictLabel verdict="gap">Stale</VerdictLabel>
        <VerdictLabel verdict="not-started" strong />
      </p>
      <p className={css.row}>
        {['hhhhhhhhhhhhhhh', line, 'nnnnnnnnnnnnnnn', 'ggghhhaauu--nng'].map((sample) => (
          <Strip key={sample} line={sample} label={`A line: ${sample}`} />
        ))}
      </p>
      <Band stations={stations} label="SYS-412: 10 of 14 hold; gaps at 6, 9 and 14" onGo={setAt} />
      <Band stations={stations} label="The line, sticky" onGo={setAt} sticky />
      <p className={css.row}>
        Station {at}
        <Button onClick={() => setLine(line.replace('g', 'h'))}>Turn the first gap</Button>
      </p>
      <div>
        {stations.map((station, index) => (
          <div key={station.number} className={css.station}>
            <Rail verdict={station.verdict} first={index === 0} last={index === stations.length - 1} />
            <div className={css.stationRow}>
              <span className={css.quiet}>{station.number}</span>
              <b>{station.name}</b>
              <span>
                {station.verdict === 'gap' ? (
                  <VerdictLabel verdict="gap" strong />
                ) : (
                  verdictWord(station.verdict)
                )}
              </span>
              <DateText value={station.soon === true ? '2026-12-04' : '2027-01-14'} due before="until" />
            </div>
          </div>
        ))}
      </div>
    </div>
  );
};
