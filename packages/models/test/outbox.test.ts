import { ArtifactBuild, commitOnSuccess, Event } from '../src/index.ts';
import { engines, useDatabase } from './database.ts';
import { build, event } from './rows.ts';

describe.each(engines)('messages and counters leave after the commit, on $name', (engine) => {
  const database = useDatabase(engine);
  const names = () =>
    database.current.recorder.messages.map(({ topic, payload }) =>
      topic === 'build.state.changed' ? payload.name : `${topic} ${payload.state_name}`,
    );

  test('builds first, then the event that commits them', async () => {
    const { recorder } = database.current;
    const em = database.current.em();
    const parent = await event(em, 'm1', 'k', 3);
    const a = await build(em, parent, 'a', 'image');
    const b = await build(em, parent, 'b', 'image');
    await b.transition('done');
    await a.transition('failed');
    await parent.transition('complete');
    expect(names()).toEqual(['b', 'a', 'event.state.changed COMPLETE', 'event.state.changed.min COMPLETE']);
    expect(recorder.counts()).toEqual({
      freshmaker_artifact_build_done: 1,
      freshmaker_artifact_build_failed: 1,
      freshmaker_event_complete: 1,
    });
  });

  test('a payload shows the transition, whatever is changed before the commit', async () => {
    const { recorder } = database.current;
    const em = database.current.em();
    const a = await build(em, null, 'a', 'image');
    await a.transition('done', 'first');
    await a.transition('planned', 'second');
    a.rebuiltNvr = 'a-1-3';
    await em.flush();
    expect(recorder.messages).toMatchObject([
      { payload: { state_name: 'DONE', state_reason: 'first', rebuilt_nvr: null } },
      { payload: { state_name: 'PLANNED', state_reason: 'second', rebuilt_nvr: null } },
    ]);
  });

  test('there and back again without a flush is two transitions', async () => {
    const em = database.current.em();
    const a = await build(em, null, 'a', 'image');
    await a.transition('done');
    await a.transition('build', null);
    a.timeCompleted = null;
    await em.flush();
    expect(names()).toEqual(['a', 'a']);
    await em.flush();
    expect(names()).toEqual(['a', 'a']);
  });

  test('an explicit transaction holds them until its commit', async () => {
    const { recorder } = database.current;
    const em = database.current.em();
    const parent = await event(em, 'm1', 'k', 3);
    const a = await build(em, parent, 'a', 'image');
    const seen: number[] = [];
    recorder.onPublish = async () => {
      seen.push((await database.current.em().findOneOrFail(Event, 1)).state);
    };
    await em.transactional(async (inner) => {
      await a.transition('failed');
      await inner.flush();
      expect(await parent.transition('failed', 'x')).toBe(true);
      expect(recorder.messages).toEqual([]);
      expect(recorder.counts()).toEqual({});
    });
    expect(names()).toEqual(['a', 'event.state.changed FAILED', 'event.state.changed.min FAILED']);
    expect(recorder.counts()).toEqual({ freshmaker_artifact_build_failed: 1, freshmaker_event_failed: 1 });
    expect(seen).toEqual([3, 3, 3]);
  });

  test('begin and commit by hand', async () => {
    const { recorder } = database.current;
    const em = database.current.em();
    const parent = await event(em, 'm1', 'k', 3);
    await em.begin();
    await parent.transition('building');
    expect(recorder.messages).toEqual([]);
    await em.commit();
    expect(recorder.messages).toHaveLength(2);
    await em.begin();
    await parent.transition('failed');
    await em.rollback();
    expect(recorder.messages).toHaveLength(2);
    expect(recorder.counts('')).toMatchObject({ db_transaction_rollback: 1 });
    expect((await database.current.em().findOneOrFail(Event, 1)).state).toBe(1);
  });

  test('a rollback drops them', async () => {
    const { recorder } = database.current;
    await event(database.current.em(), 'm1', 'k', 3);
    await build(database.current.em(), null, 'a', 'image');
    const em = database.current.em();
    await expect(
      em.transactional(async (inner) => {
        const parent = await inner.findOneOrFail(Event, 1);
        const a = await inner.findOneOrFail(ArtifactBuild, 1);
        await a.transition('failed');
        await parent.transition('failed');
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(recorder.messages).toEqual([]);
    expect(recorder.counts()).toEqual({});
    expect(recorder.counts('db_')).toMatchObject({ db_transaction_rollback: 1 });
    const next = database.current.em();
    await (await next.findOneOrFail(Event, 1)).transition('building');
    expect(names()).toEqual(['event.state.changed BUILDING', 'event.state.changed.min BUILDING']);
  });

  test('a savepoint hands them up when it is released, and drops them when it is rolled back', async () => {
    const em = database.current.em();
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await build(em, null, name, 'image');
    }
    await database.current.em().transactional(async (outer) => {
      const move = async (from: typeof outer, id: number) =>
        (await from.findOneOrFail(ArtifactBuild, id)).transition('done');
      await move(outer, 1);
      await outer.transactional(async (inner) => {
        await move(inner, 2);
        await inner.transactional((innermost) => move(innermost, 3));
      });
      await outer
        .transactional(async (inner) => {
          await move(inner, 4);
          await inner.flush();
          throw new Error('only this one');
        })
        .catch(() => {});
      await move(outer, 5);
      expect(database.current.recorder.messages).toEqual([]);
    });
    expect(names()).toEqual(['a', 'b', 'c', 'e']);
    const states = (await database.current.em().findAll(ArtifactBuild, { orderBy: { id: 'asc' } })).map(
      ({ state }) => state,
    );
    expect(states).toEqual([1, 1, 1, 0, 1]);
  });

  test('an outer rollback drops what savepoints had handed up', async () => {
    const em = database.current.em();
    await build(em, null, 'a', 'image');
    await database.current
      .em()
      .transactional(async (outer) => {
        await outer.transactional(async (inner) =>
          (await inner.findOneOrFail(ArtifactBuild, 1)).transition('done'),
        );
        throw new Error('all');
      })
      .catch(() => {});
    expect(names()).toEqual([]);
  });

  test('a transition inside em.transactional belongs to it, also of an entity loaded before', async () => {
    const em = database.current.em();
    const parent = await event(em, 'm1', 'k', 3);
    const a = await build(em, parent, 'a', 'image');
    await em
      .transactional(async () => {
        await parent.transition('failed');
        await a.transition('failed');
        throw new Error('no');
      })
      .catch(() => {});
    expect(names()).toEqual([]);
    expect((await database.current.em().findOneOrFail(Event, 1)).state).toBe(0);
  });

  test('entities of a transaction can go on after it', async () => {
    const em = database.current.em();
    const parent = await em.transactional(async (inner) => Event.create(inner, 'm1', 'k', 3));
    expect(await parent.transition('building')).toBe(true);
    expect(await parent.transition('complete')).toBe(true);
    expect((await database.current.em().findOneOrFail(Event, 1)).state).toBe(2);
    expect(names()).toHaveLength(4);
  });

  test('a flush that fails drops them, and leaves no counter behind', async () => {
    const { recorder } = database.current;
    await event(database.current.em(), 'taken', 'k', 3);
    const em = database.current.em();
    const parent = await event(em, 'm1', 'k', 3);
    const a = await build(em, parent, 'a', 'image');
    await a.transition('failed');
    Event.create(em, 'taken', 'k', 3);
    await expect(parent.transition('failed')).rejects.toThrow(/unique/i);
    expect(recorder.messages).toEqual([]);
    expect(recorder.counts()).toEqual({});
    expect(recorder.counts('db_handle')).toEqual({ db_handle_error: 1 });
    expect((await database.current.em().findOneOrFail(ArtifactBuild, 1)).state).toBe(0);
  });

  test('connections that are taken are counted', async () => {
    await database.current.em().execute('select 1');
    const again = await database.current.connectAgain();
    await again.em.fork().getConnection().execute('select 1');
    await again.close();
    expect(database.current.recorder.counts('db_engine').db_engine_connect).toBeGreaterThan(0);
  });

  test('a cleared unit of work sends nothing', async () => {
    const em = database.current.em();
    const a = await build(em, null, 'a', 'image');
    await a.transition('failed');
    em.clear();
    await em.flush();
    Event.create(em, 'm1', 'k', 3);
    await em.flush();
    expect(names()).toEqual([]);
  });

  test('a message about one unit of work does not leave with the flush of another', async () => {
    const em = database.current.em();
    const a = await build(em, null, 'a', 'image');
    await a.transition('failed');
    await event(database.current.em(), 'm1', 'k', 3);
    expect(names()).toEqual([]);
    await em.flush();
    expect(names()).toEqual(['a']);
  });
});

describe.each(engines)('a publisher that fails, on $name', (engine) => {
  const database = useDatabase(engine);

  test('does not keep the second topic from being tried, nor undo the commit; its first error surfaces', async () => {
    const { recorder } = database.current;
    const parent = await event(database.current.em(), 'm1', 'k', 3);
    const tried: string[] = [];
    recorder.onPublish = (topic) => {
      tried.push(topic);
      throw new Error(`no ${topic}`);
    };
    await expect(parent.transition('complete')).rejects.toThrow('no event.state.changed');
    expect(tried).toEqual(['event.state.changed', 'event.state.changed.min']);
    expect((await database.current.em().findOneOrFail(Event, 1)).state).toBe(2);
    expect(recorder.counts()).toEqual({ freshmaker_event_complete: 1 });
    expect(recorder.counts('messaging_')).toEqual({ messaging_tx_to_send: 2, messaging_tx_failed: 2 });
  });

  test('on builds does not keep the messages of the event back', async () => {
    const { recorder } = database.current;
    const em = database.current.em();
    const parent = await event(em, 'm1', 'k', 3);
    const a = await build(em, parent, 'a', 'image');
    await a.transition('done');
    recorder.onPublish = (topic) => {
      if (topic === 'build.state.changed') {
        throw new Error('no builds');
      }
    };
    await expect(parent.transition('complete')).rejects.toThrow('no builds');
    expect(recorder.topics()).toEqual(['event.state.changed', 'event.state.changed.min']);
    expect((await database.current.em().findOneOrFail(ArtifactBuild, 1)).state).toBe(1);
  });

  test('makes a flush reject after it is committed', async () => {
    const { recorder } = database.current;
    const em = database.current.em();
    const a = await build(em, null, 'a', 'image');
    await a.transition('done');
    recorder.onPublish = () => Promise.reject(new Error('bus is down'));
    await expect(em.flush()).rejects.toThrow('bus is down');
    expect((await database.current.em().findOneOrFail(ArtifactBuild, 1)).state).toBe(1);
    recorder.onPublish = undefined;
    await em.flush();
    expect(recorder.messages).toEqual([]);
  });

  test('is logged when MikroORM commits a transaction, and thrown by commitOnSuccess', async () => {
    const { recorder } = database.current;
    const em = database.current.em();
    const parent = await event(em, 'm1', 'k', 3);
    recorder.onPublish = () => Promise.reject(new Error('bus is down'));
    await em.transactional(async () => parent.transition('building'));
    expect(recorder.log.at(-1)).toBe(
      'error: A message could not be sent after the commit: Error: bus is down',
    );
    expect((await database.current.em().findOneOrFail(Event, 1)).state).toBe(1);
    await expect(
      commitOnSuccess(database.current.em(), async (inner) =>
        (await inner.findOneOrFail(Event, 1)).transition('complete'),
      ),
    ).rejects.toThrow('bus is down');
    expect((await database.current.em().findOneOrFail(Event, 1)).state).toBe(2);
  });
});
