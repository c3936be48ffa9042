'use client';

import { Menu } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { Icon } from '../../kit/icons.tsx';
import { ToolIcon } from './tool-icons.tsx';

const item = { className: 'min-h-11' };

export function MoreMenu(props: {
  /** Null: one may only look. On a phone its place is here. */
  onConsultation: (() => void) | null;
  onHistory: () => void;
  onRename: (() => void) | null;
  /** Null: there is no earlier drawing beneath. */
  under: { isShown: boolean; toggle: () => void } | null;
  onDiscard: (() => void) | null;
}) {
  const t = useTranslations('zones.editor');
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <button
          type="button"
          aria-label={t('more')}
          title={t('more')}
          className="inline-grid size-11 shrink-0 cursor-pointer place-items-center rounded-md border-0 bg-transparent p-0 text-ink hover:bg-hover"
        >
          <Icon name="more" size={24} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {props.onConsultation && (
          <Menu.Item
            className="min-h-11 md:hidden"
            leftSection={<ToolIcon name="qr" size={20} />}
            onClick={props.onConsultation}
          >
            {t('consultation.open')}
          </Menu.Item>
        )}
        <Menu.Item {...item} leftSection={<Icon name="history" />} onClick={props.onHistory}>
          {t('history.open')}
        </Menu.Item>
        {props.onRename && (
          <Menu.Item {...item} leftSection={<Icon name="edit" />} onClick={props.onRename}>
            {t('rename.open')}
          </Menu.Item>
        )}
        {props.under && (
          <Menu.Item
            {...item}
            leftSection={<ToolIcon name="layers" size={20} />}
            onClick={props.under.toggle}
          >
            {t(props.under.isShown ? 'under.hide' : 'under.show')}
          </Menu.Item>
        )}
        {props.onDiscard && (
          <>
            <Menu.Divider />
            <Menu.Item {...item} color="red" leftSection={<Icon name="remove" />} onClick={props.onDiscard}>
              {t('cancel.open')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
