using System.Runtime.InteropServices;
using RefIke.Engine;
using RefIke.Exploration.Worlds;

namespace RefIke.Exploration.Exhaustive;

/// <summary>
/// States with their numbers, in the order in which they were found. Each is packed into the numbers of what it consists of, so that the collector has
/// nothing to follow, however many wait.
/// </summary>
internal sealed class Frontier
{
    private readonly List<int> packed = [];
    private readonly List<int> starts = [];

    /// <summary>How many.</summary>
    public int Count => starts.Count;

    /// <summary>All of them.</summary>
    /// <param name="known">What the numbers stand for.</param>
    public IEnumerable<(int Number, JointState State)> All(Known known) => Enumerable.Range(0, Count).Select(n => At(n, known));

    /// <summary>One of them, unpacked.</summary>
    /// <param name="known">What the numbers stand for.</param>
    public (int Number, JointState State) At(int n, Known known)
    {
        var at = starts[n];
        var (number, variant, act) = (Next(), Next(), Next());
        var now = new Instant(((long)Next() << 32) | (uint)Next());
        var (mapping, noGap) = (Next(), Next() == 1);
        var spent = new Spent(Next(), Next(), Next(), Next(), Next(), Next(), Next(), Next());
        var ends = new LocalState[Next()];
        for (var i = 0; i < ends.Length; i++)
        {
            ends[i] = known.State(Next());
        }

        return (number, new(variant, act, now, ends, Messages(), Messages(), Messages(), spent, mapping, noGap));

        int Next() => packed[at++];

        Message[] Messages()
        {
            var count = Next();
            var all = count == 0 ? [] : new Message[count];
            for (var i = 0; i < count; i++)
            {
                all[i] = known.Message(Next());
            }

            return all;
        }
    }

    /// <summary>One more.</summary>
    public void Add(int number, JointState state)
    {
        starts.Add(packed.Count);
        var s = state.Spent;
        packed.AddRange(
        [
            number, state.Variant, state.Act, (int)(state.Now.Milliseconds >> 32), unchecked((int)state.Now.Milliseconds), state.Mapping, state.NoGap ? 1 : 0,
            s.Losses, s.Copies, s.Replays, s.Delays, s.Early, s.Late, s.Alterations, s.Attacks, state.Ends.Length,
        ]);
        foreach (var end in state.Ends)
        {
            packed.Add(end.Number);
        }

        foreach (var messages in (ReadOnlySpan<Message[]>)[state.Flying, state.Seen, state.Held])
        {
            packed.Add(messages.Length);
            foreach (var message in messages)
            {
                packed.Add(message.Number);
            }
        }
    }

    /// <summary>Those of another one behind its own, from one of them on.</summary>
    public void AddRange(Frontier other, int from = 0)
    {
        if (from < other.Count)
        {
            var first = other.starts[from];
            var shift = packed.Count - first;
            packed.AddRange(CollectionsMarshal.AsSpan(other.packed)[first..]);
            starts.AddRange(other.starts.Skip(from).Select(s => s + shift));
        }
    }

    /// <summary>None any more.</summary>
    public void Clear()
    {
        packed.Clear();
        starts.Clear();
    }
}
