using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace RefIke.Exploration.Exhaustive;

/// <summary>
/// A part of the reached set on disk: digests in rising order, each with the number of its state, twenty octets. Of each block the first digest is
/// kept in memory, and of all digests some bits, so that most questions about a state that is not here cost no reading.
/// </summary>
internal sealed class SortedRun : IDisposable
{
    private const int EntrySize = 20;
    private const int BlockEntries = 200;
    private const int BitsForEach = 10;
    private readonly SafeFileHandle file;
    private readonly UInt128[] fences;
    private readonly ulong[] bits;
    private readonly int count;

    /// <summary>Writes a run.</summary>
    /// <param name="path">Deleted when the run is disposed of.</param>
    public SortedRun(string path, KeyValuePair<UInt128, int>[] entries)
    {
        Array.Sort(entries, (a, b) => a.Key.CompareTo(b.Key));
        count = entries.Length;
        bits = new ulong[(((long)count * BitsForEach) / 64) + 1];
        fences = [.. entries.Where((_, n) => n % BlockEntries == 0).Select(e => e.Key)];
        using (var stream = new BufferedStream(File.Create(path), 1 << 20))
        {
            Span<byte> octets = stackalloc byte[EntrySize];
            foreach (var (digest, number) in entries)
            {
                BinaryPrimitives.WriteUInt128BigEndian(octets, digest);
                BinaryPrimitives.WriteInt32BigEndian(octets[16..], number);
                stream.Write(octets);
                foreach (var bit in BitsOf(digest))
                {
                    bits[bit / 64] |= 1UL << (int)(bit % 64);
                }
            }
        }

        file = File.OpenHandle(path, options: FileOptions.RandomAccess | FileOptions.DeleteOnClose);
    }

    /// <summary>The number of a state; null where it is not here.</summary>
    public int? NumberOf(UInt128 digest)
    {
        foreach (var bit in BitsOf(digest))
        {
            if ((bits[bit / 64] & (1UL << (int)(bit % 64))) == 0)
            {
                return null;
            }
        }

        var block = Array.BinarySearch(fences, digest);
        block = block >= 0 ? block : ~block - 1;
        if (block < 0)
        {
            return null;
        }

        Span<byte> octets = stackalloc byte[EntrySize * Math.Min(BlockEntries, count - (block * BlockEntries))];
        RandomAccess.Read(file, octets, (long)block * BlockEntries * EntrySize);
        var (low, high) = (0, (octets.Length / EntrySize) - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var entry = octets[(middle * EntrySize)..];
            var order = BinaryPrimitives.ReadUInt128BigEndian(entry).CompareTo(digest);
            if (order == 0)
            {
                return BinaryPrimitives.ReadInt32BigEndian(entry[16..]);
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private long[] BitsOf(UInt128 digest)
    {
        unchecked
        {
            var (high, low, all) = ((ulong)(digest >> 64), (ulong)digest, (ulong)bits.LongLength * 64);
            return [(long)(low % all), (long)((low + high) % all), (long)((low + (2 * high)) % all), (long)((low + (3 * high)) % all)];
        }
    }
}
