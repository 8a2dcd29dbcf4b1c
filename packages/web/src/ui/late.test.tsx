import { cleanup, render, screen } from '@testing-library/react';
import { Suspense, useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { late } from './late.tsx';

afterEach(cleanup);

const Word = ({ text }: { text: string }) => <p>{text}</p>;

test('shows what stands in its place until its code is there', async () => {
  const Part = late(async () => Word);
  render(
    <Suspense fallback={<i>on the way</i>}>
      <Part text="here" />
    </Suspense>,
  );
  expect(screen.getByText('on the way')).not.toBe(null);
  expect(await screen.findByText('here')).not.toBe(null);
});

test('is drawn at once where its code was fetched ahead, and fetches it once', async () => {
  let loads = 0;
  const Part = late(async () => {
    loads += 1;
    return Word;
  });
  await Part.fetch();
  render(
    <Suspense fallback={<i>on the way</i>}>
      <Part text="here" />
    </Suspense>,
  );
  expect(screen.getByText('here')).not.toBe(null);
  expect(screen.queryByText('on the way')).toBe(null);
  await Part.fetch();
  expect(loads).toBe(1);
});

test('keeps what it holds when it is drawn again after its code came', async () => {
  const Counting = ({ n }: { n: number }) => {
    const [first] = useState(n);
    return <p>{`${first} of ${n}`}</p>;
  };
  const Part = late(async () => Counting);
  const { rerender } = render(<Suspense fallback={null}>{<Part n={1} />}</Suspense>);
  await screen.findByText('1 of 1');
  rerender(<Suspense fallback={null}>{<Part n={2} />}</Suspense>);
  expect(screen.getByText('1 of 2')).not.toBe(null);
});
