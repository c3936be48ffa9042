'use client';
'use no memo';

import { useTranslations } from 'next-intl';
import { lazy, Suspense, useEffect } from 'react';
import { useRouter } from 'next/navigation';
import { Countdown } from '../kit/countdown.tsx';
import { ChoiceSkeleton, FormSkeleton } from '../kit/skeletons.tsx';
import { StepLayout } from '../kit/step-layout.tsx';
import { serverNow } from '../trpc/server-clock.ts';
import { type Catalogue, serviceOf } from './catalogue.ts';
import { Conditions } from './known-clients-only.tsx';
import { PlaceStep } from './place-step.tsx';
import type { ItemChoice, Selection } from './selection.ts';
import { ServiceStep } from './service-step.tsx';
import { SpecialistStep } from './specialist-step.tsx';
import { stepAfter } from './steps.ts';
import { Brief, Summary } from './summary.tsx';
import { chosenOf } from './techniques.ts';
import { TechniquesAction } from './techniques-action.tsx';
import { useFlow } from './use-flow.ts';
import { useHeld, useHold } from './use-hold.ts';
import { wishOf } from './use-starts.ts';
import type { Visitor } from './visitor.ts';

// Each loads while the question before it is being answered, so that no first page waits for it.
const loadTechniques = () => import('./techniques-step.tsx');
const TechniquesStep = lazy(loadTechniques);
const loadTime = () => import('./time-step.tsx');
const TimeStep = lazy(loadTime);
const loadDetails = () => import('./details-step.tsx');
const DetailsStep = lazy(loadDetails);

/** Booking, one question at a time. The address holds every answer. */
export function BookingFlow({ catalogue, visitor }: { catalogue: Catalogue; visitor: Visitor }) {
  const t = useTranslations('booking');
  const router = useRouter();
  const flow = useFlow(catalogue);
  const { selection, go } = flow;
  const { step, index, items, holdId } = selection;
  const place = catalogue.locations.find(({ id }) => id === selection.placeId);
  const zone = place?.timeZone ?? 'UTC';
  const wish = wishOf(selection);
  const held = useHeld(holdId);
  const hold = useHold(wish, (taken) => {
    // The question about time remembers the hold too: going back there shows it still stands.
    go({ holdId: taken }, 'replace');
    if (step === 'time') go({ step: 'details', holdId: taken });
  });
  const view = held.lapsed ? undefined : held.view;
  useEffect(() => {
    if (held.isBooked && holdId !== null) router.replace(`/book/confirmed/${holdId}`);
  }, [held.isBooked, holdId, router]);

  /** What is chosen anew makes the held time meaningless. */
  function rechoose(change: Partial<Selection>) {
    if (holdId !== null) hold.giveBack(holdId);
    hold.forget();
    go({ ...change, holdId: null });
  }
  const withItem = (item: ItemChoice): ItemChoice[] => items.toSpliced(index, 1, item);
  const item = items[index];
  const withService = (serviceId: string): Partial<Selection> => {
    const kept = item?.serviceId === serviceId ? item : { serviceId, techniqueIds: [], performer: '' };
    return { items: withItem(kept), step: stepAfter(catalogue, kept, 'service') };
  };
  const service = item && serviceOf(catalogue, item.serviceId);
  useEffect(() => {
    if (step === 'service') void loadTechniques();
    if (step === 'specialist') void loadTime();
  }, [step]);
  const services = items.flatMap(({ serviceId }) => serviceOf(catalogue, serviceId) ?? []);
  const live = view?.status === 'held' && view.heldUntil !== null ? view : null;
  const summary = { catalogue, selection, zone, held: live };

  return (
    <StepLayout
      step={flow.step}
      steps={flow.steps}
      onBack={flow.back}
      question={
        step === 'techniques' && service
          ? t('questions.techniques', { service: service.name })
          : step === 'service' && items.length > 0 && index === items.length
            ? t('questions.anotherService')
            : t(
                `questions.${step === 'techniques' ? 'service' : step === 'details' && visitor.kind === 'client' ? 'confirm' : step}`,
              )
      }
      {...(live?.heldUntil != null && (step === 'details' || step === 'time')
        ? {
            countdown: <Countdown until={new Date(live.heldUntil)} clock={serverNow} onOver={held.end} />,
          }
        : {})}
      {...(items.length > 0
        ? {
            brief: <Brief {...summary} />,
            summary: (
              <Summary
                {...summary}
                onChange={(at) => rechoose({ step: 'service', index: at })}
                onAdd={() => rechoose({ step: 'service', index: items.length })}
                onRemove={(at) => rechoose({ step: 'time', index: 0, items: items.toSpliced(at, 1) })}
              />
            ),
          }
        : {})}
      {...(step === 'techniques' ? { action: <TechniquesAction /> } : {})}
    >
      {(step === 'techniques' || step === 'specialist') && service && <Conditions services={[service]} />}
      {step === 'place' && (
        <PlaceStep
          catalogue={catalogue}
          onChoose={(placeId) => go({ placeId, step: 'service' })}
          addressOf={(placeId) => flow.addressOf({ placeId, step: 'service' })}
        />
      )}
      {step === 'service' && (
        <ServiceStep
          catalogue={catalogue}
          onChoose={(serviceId) => go(withService(serviceId))}
          addressOf={(serviceId) => flow.addressOf(withService(serviceId))}
        />
      )}
      {step === 'specialist' && item && (
        <SpecialistStep
          catalogue={catalogue}
          item={item}
          onChoose={(performer) => go({ items: withItem({ ...item, performer }), step: 'time' })}
        />
      )}
      <Suspense fallback={step === 'details' ? <FormSkeleton /> : <ChoiceSkeleton />}>
        {step === 'techniques' && item && service && (
          <TechniquesStep
            service={service}
            currency={catalogue.currency}
            chosenIds={item.techniqueIds}
            onChange={(ids) =>
              go({ items: withItem({ ...item, techniqueIds: chosenOf(service, ids) }) }, 'replace')
            }
            onDone={() => go({ step: 'specialist' })}
          />
        )}
        {step === 'time' && (
          <TimeStep
            wish={wish}
            zone={zone}
            phone={place?.phone ?? null}
            day={selection.day}
            hold={hold}
            live={live}
            onDay={(day) => go({ day }, 'replace')}
            onChoose={({ startsAt }) => {
              void loadDetails();
              hold.take(startsAt, holdId);
            }}
            onKeep={() => go({ step: 'details' })}
          />
        )}
        {step === 'details' && (
          <DetailsStep
            catalogue={catalogue}
            placeId={selection.placeId}
            services={services}
            visitor={visitor}
            wish={wish}
            zone={zone}
            held={held}
            hold={hold}
            onOtherTime={() => go({ step: 'time', holdId: null })}
          />
        )}
      </Suspense>
    </StepLayout>
  );
}
