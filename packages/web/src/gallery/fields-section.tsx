import { useState } from 'react';
import { ChoiceField } from '../ui/fields/choice-field.tsx';
import { ChoicesField } from '../ui/fields/choices-field.tsx';
import { DayField } from '../ui/fields/day-field.tsx';
import { ErrorSummary } from '../ui/fields/field.tsx';
import { ListField } from '../ui/fields/list-field.tsx';
import { NumberField } from '../ui/fields/number-field.tsx';
import { LongTextField, TextField } from '../ui/fields/text-field.tsx';
import css from './gallery-page.module.css';

const stages = [
  { value: 'idea', label: 'Idea' },
  { value: 'pilot', label: 'Pilot', hint: 'needs a gate' },
  { value: 'live', label: 'Live', reason: 'no gate was passed' },
];
const markets = ['Ireland', 'France', 'Spain', 'Poland'].map((label) => ({
  value: label.toLowerCase(),
  label,
}));

export const FieldsSection = () => {
  const [name, setName] = useState('Claims triage assistant');
  const [purpose, setPurpose] = useState('Ranks new motor and home claims for a handler to decide.');
  const [stage, setStage] = useState<string | null>('pilot');
  const [chosen, setChosen] = useState<readonly string[]>(['ireland', 'france']);
  const [day, setDay] = useState<string | null>('2026-07-14');
  const [count, setCount] = useState<number | null>(12);
  const [uses, setUses] = useState<readonly string[]>(['Ranking of claims', 'Notes for the handler']);
  return (
    <form className={css.stack} onSubmit={(event) => event.preventDefault()}>
      <ErrorSummary
        errors={[{ id: 'gallery-name', label: 'Name', message: 'Another system has this name.' }]}
      />
      <TextField
        id="gallery-name"
        label="Name"
        value={name}
        onChange={setName}
        error="Another system has this name."
      />
      <LongTextField
        label="Purpose"
        help="What it decides, recommends or makes, and for whom."
        value={purpose}
        onChange={setPurpose}
      />
      <ChoiceField
        label="Stage"
        value={stage}
        onChange={setStage}
        options={stages}
        note="Changing the stage reopens station 10."
      />
      <ChoicesField label="Markets" optional value={chosen} onChange={setChosen} options={markets} />
      <DayField
        label="Started on"
        help="As precise as it is known: 2026, 2026-Q3, 2026-07 or 14 Jul 2026."
        value={day}
        onChange={setDay}
      />
      <NumberField label="People affected a month" value={count} onChange={setCount} min={0} whole />
      <ListField label="Foreseeable misuse" item="misuse" ordered value={uses} onChange={setUses} />
      <TextField
        label="Ref"
        value="SYS-412"
        onChange={() => undefined}
        reason="Given once and never changed."
      />
    </form>
  );
};
