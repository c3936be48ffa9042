import { Bone, Loading } from '../../kit/skeletons.tsx';

const tiles = ['one', 'two', 'three', 'four', 'five', 'six'];

/** The gallery in its final shape. */
export function DrawingsSkeleton() {
  return (
    <Loading>
      <Bone height={16} width={140} />
      <div className="mt-5 mb-7">
        <Bone height={24} width={180} />
      </div>
      <div className="grid grid-cols-2 gap-5 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-6">
        {tiles.map((key) => (
          <div key={key}>
            <div className="kit-bone aspect-[4/5] rounded-md" />
            <div className="mt-3 flex flex-col gap-2">
              <Bone height={14} width="70%" />
              <Bone height={12} width="50%" />
            </div>
          </div>
        ))}
      </div>
    </Loading>
  );
}
