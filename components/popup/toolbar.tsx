/** Search, whose leads are shown, and what else stands beside them. */
import { Search, X } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { Button, Input, SearchField, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { t } from '../../lib/platform/i18n';
import styles from './toolbar.module.css';

export interface ToolbarProps {
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly searchRef: RefObject<HTMLInputElement | null>;
  readonly mine: boolean;
  readonly onMine: (mine: boolean) => void;
  readonly children?: ReactNode;
}

export function Toolbar({ search, onSearch, searchRef, mine, onMine, children }: ToolbarProps) {
  return (
    <div className={styles.toolbar}>
      <SearchField
        aria-label={t('popup_search')}
        className={styles.search ?? ''}
        value={search}
        maxLength={200}
        onChange={onSearch}
      >
        <Search size={14} aria-hidden="true" focusable="false" />
        <Input ref={searchRef} className={styles.input ?? ''} placeholder={t('popup_search_hint')} />
        <Button className={styles.clear ?? ''} aria-label={t('popup_clear')}>
          <X size={14} aria-hidden="true" focusable="false" />
        </Button>
      </SearchField>
      <div title={t('popup_whose')}>
        <ToggleButtonGroup
          aria-label={t('popup_whose')}
          className={styles.whose ?? ''}
          disallowEmptySelection
          selectedKeys={[mine ? 'mine' : 'all']}
          onSelectionChange={(keys) => onMine(keys.has('mine'))}
        >
          <ToggleButton id="mine" className={styles.choice ?? ''}>
            {t('popup_mine')}
          </ToggleButton>
          <ToggleButton id="all" className={styles.choice ?? ''}>
            {t('popup_all')}
          </ToggleButton>
        </ToggleButtonGroup>
      </div>
      {children}
    </div>
  );
}
