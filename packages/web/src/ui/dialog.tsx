import { Drawer as BaseDrawer, Modal } from '@mantine/core';
import { type CSSProperties, type ReactNode, useEffect, useMemo } from 'react';
import { t } from '../text/t.ts';
import { IconButton } from './button.tsx';
import css from './dialog.module.css';
import { CloseIcon } from './icons.ts';

export type DialogProps = {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** Buttons, the deciding one first. */
  actions?: ReactNode;
  /** `small` 440 px for a question, `medium` 640 for a form, `large` 960 for a comparison. */
  size?: 'small' | 'medium' | 'large';
};

/** The root takes the measure; Mantine would put a style given to the content on its full-screen frame as well. */
const wide = (width: number): CSSProperties & Record<'--wide', string> => ({ '--wide': `${width}px` });

const classNamesOf = (content: string | undefined) => ({
  overlay: css.scrim ?? '',
  inner: css.inner ?? '',
  content: content ?? '',
  header: css.header ?? '',
  title: css.title ?? '',
  body: css.body ?? '',
});
const Close = ({ onClose }: { onClose: () => void }) => (
  <IconButton label={t('ui.close')} icon={<CloseIcon />} onClick={onClose} small />
);

/**
 * Gives focus back to what had it as the dialog opened, also where the dialog leaves together with what opened it; to
 * the page where that is gone, such as an item of a menu.
 */
const useFocusGivenBack = (opened: boolean): void => {
  const before = useMemo(() => (opened ? document.activeElement : null), [opened]);
  useEffect(() => {
    if (before === null) return;
    return () => {
      if (document.activeElement !== document.body) return;
      const there = before instanceof HTMLElement && before.isConnected && before !== document.body;
      (there ? before : document.getElementById('main'))?.focus();
    };
  }, [before]);
};

/** A question or a form over the page: holds focus, closes on Esc, gives focus back. */
export const Dialog = (props: DialogProps) => {
  const { opened, onClose, title, children, actions, size = 'small' } = props;
  useFocusGivenBack(opened);
  return (
    <Modal.Root
      unstyled
      opened={opened}
      onClose={onClose}
      // Locking the scroll writes a style element, which the policy refuses; the page behind scrolls in its own box.
      lockScroll={false}
      transitionProps={{ duration: 0 }}
      classNames={classNamesOf(`${css.dialog} ${css[size]}`)}
    >
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Header>
          <Modal.Title>{title}</Modal.Title>
          <Close onClose={onClose} />
        </Modal.Header>
        <Modal.Body>{children}</Modal.Body>
        {actions === undefined ? null : <div className={css.actions}>{actions}</div>}
      </Modal.Content>
    </Modal.Root>
  );
};

export type DrawerProps = {
  opened: boolean;
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  side?: 'left' | 'right';
  width?: number;
  actions?: ReactNode;
};

/** A page's second room, from the side: the peek of a row, the sidebar on a narrow screen. */
export const Drawer = (props: DrawerProps) => {
  const { opened, onClose, title, children, side = 'right', width = 480, actions } = props;
  useFocusGivenBack(opened);
  return (
    <BaseDrawer.Root
      unstyled
      opened={opened}
      onClose={onClose}
      position={side}
      style={wide(width)}
      lockScroll={false}
      transitionProps={{ duration: 0 }}
      classNames={classNamesOf(`${css.drawer} ${side === 'left' ? css.left : css.right}`)}
    >
      <BaseDrawer.Overlay />
      <BaseDrawer.Content>
        <BaseDrawer.Header>
          <BaseDrawer.Title>{title}</BaseDrawer.Title>
          {actions}
          <Close onClose={onClose} />
        </BaseDrawer.Header>
        <BaseDrawer.Body>{children}</BaseDrawer.Body>
      </BaseDrawer.Content>
    </BaseDrawer.Root>
  );
};
