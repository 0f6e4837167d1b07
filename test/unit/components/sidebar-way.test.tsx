// @vitest-environment happy-dom
/** The ways to the place beside the page, from the popup and from the panel: by button and by key, inside the click itself. */
import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PanelApp } from '../../../components/panel/panel-app';
import { PopupApp } from '../../../components/popup/popup-app';
import { speak } from '../support/i18n';
import { panelReply, panelServices, popupServices } from './support';

type OpenSidebar = () => Promise<boolean>;
const refusal = /The browser did not open it/;

/** Both places that lead there, and how each of them leaves. */
const places = {
  popup: async (openSidebar: OpenSidebar | null) => {
    const services = popupServices();
    render(<PopupApp services={{ ...services, openSidebar }} />);
    await screen.findByRole('button', { name: /Ana/ });
    return services.close;
  },
  panel: async (openSidebar: OpenSidebar | null) => {
    const services = panelServices(async () => panelReply([]));
    render(<PanelApp services={{ ...services, openSidebar }} />);
    await screen.findByRole('heading', { level: 1, name: 'Ana Pérez' });
    const left = vi.fn();
    services.signal.mockImplementation(({ relevo }) => void (relevo === 'close' && left()));
    return left;
  },
} as const;

beforeEach(() => speak('en'));

describe.each(['popup', 'panel'] as const)('the %s', (name) => {
  const show = places[name];
  const button = () => screen.queryByRole('button', { name: 'Open beside the page' });

  it('asks the browser while the click is being handled, and makes room when it opened', async () => {
    let answer: (opened: boolean) => void = () => {};
    const openSidebar = vi.fn<OpenSidebar>(() => new Promise((resolve) => (answer = resolve)));
    const left = await show(openSidebar);
    button()?.click();
    expect(openSidebar).toHaveBeenCalledOnce();
    expect(left).not.toHaveBeenCalled();
    await act(async () => answer(true));
    expect(left).toHaveBeenCalledOnce();
  });

  it('has a key for it, that its list of keys names', async () => {
    const openSidebar = vi.fn<OpenSidebar>(async () => true);
    const left = await show(openSidebar);
    const user = userEvent.setup();
    await user.keyboard('?');
    expect(await screen.findByText('o', { selector: 'kbd' })).toBeTruthy();
    await user.keyboard('o');
    expect(openSidebar).toHaveBeenCalledOnce();
    await waitFor(() => expect(left).toHaveBeenCalledOnce());
  });

  it('stays and says so when the browser did not open it', async () => {
    const left = await show(async () => false);
    await userEvent.setup().click(button() as HTMLElement);
    expect((await screen.findByText(refusal)).getAttribute('role')).toBe('alert');
    expect(left).not.toHaveBeenCalled();
  });

  it('does not offer it where the browser has no such place, and leaves its key alone', async () => {
    await show(null);
    expect(button()).toBeNull();
    await userEvent.setup().keyboard('o');
    expect(screen.queryByText(refusal)).toBeNull();
  });
});
