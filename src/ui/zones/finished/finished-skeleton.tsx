import { Bone, Loading } from '../../kit/skeletons.tsx';

/** A finished drawing in its final shape. */
export function FinishedSkeleton() {
  return (
    <Loading>
      <Bone height={16} width={140} />
      <div className="mt-5 mb-7 flex flex-col gap-2">
        <Bone height={24} width={260} />
        <Bone height={14} width={200} />
      </div>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="kit-bone aspect-[4/5] max-h-[46rem] w-full rounded-md" />
        <div className="flex flex-col gap-6">
          <Bone height={240} />
          <Bone height={120} />
          <Bone height={160} />
        </div>
      </div>
    </Loading>
  );
}
