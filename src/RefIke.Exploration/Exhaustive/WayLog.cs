using System.Buffers.Binary;
using System.Security.Cryptography;

namespace RefIke.Exploration.Exhaustive;

/// <summary>
/// Every state in the order of its number: its digest, the number of the state before it, and of the move between them, twenty-four octets. It only
/// grows, in memory or in a file, so a search that is taken up again appends to it.
/// </summary>
internal sealed class WayLog : IDisposable
{
    /// <summary>Octets of one entry.</summary>
    public const int EntrySize = 24;

    private readonly Stream stream;
    private readonly Lock gate = new();
    private readonly byte[] entry = new byte[EntrySize];

    /// <summary>In memory, or in a file where a path is given.</summary>
    public WayLog(string? path = null)
        => stream = path is null
            ? new MemoryStream()
            : new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 1 << 20);

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <summary>One more; its number.</summary>
    public int Add(UInt128 digest, int before, int move)
    {
        lock (gate)
        {
            BinaryPrimitives.WriteUInt128BigEndian(entry, digest);
            BinaryPrimitives.WriteInt32BigEndian(entry.AsSpan(16), before);
            BinaryPrimitives.WriteInt32BigEndian(entry.AsSpan(20), move);
            stream.Write(entry);
            return Count++;
        }
    }

    /// <summary>The moves that lead to a state, from its beginning.</summary>
    public IReadOnlyList<int> WayTo(int number)
    {
        var moves = new List<int>();
        lock (gate)
        {
            for (var at = number; at >= 0;)
            {
                stream.Position = (long)at * EntrySize;
                stream.ReadExactly(entry);
                moves.Add(BinaryPrimitives.ReadInt32BigEndian(entry.AsSpan(20)));
                at = BinaryPrimitives.ReadInt32BigEndian(entry.AsSpan(16));
            }

            stream.Position = (long)Count * EntrySize;
        }

        moves.Reverse();
        return moves;
    }

    /// <summary>The state before one, and the move between them.</summary>
    public (int Before, int Move) At(int number)
    {
        lock (gate)
        {
            stream.Position = (long)number * EntrySize;
            stream.ReadExactly(entry);
            stream.Position = (long)Count * EntrySize;
            return (BinaryPrimitives.ReadInt32BigEndian(entry.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(entry.AsSpan(20)));
        }
    }

    /// <summary>Every digest with its number, from the first.</summary>
    public IEnumerable<(UInt128 Digest, int Number)> All()
    {
        stream.Position = 0;
        var octets = new byte[EntrySize];
        for (var number = 0; number < Count; number++)
        {
            stream.ReadExactly(octets);
            yield return (BinaryPrimitives.ReadUInt128BigEndian(octets), number);
        }

        stream.Position = (long)Count * EntrySize;
    }

    /// <summary>All is on the disk; SHA-256 over it.</summary>
    public string Seal()
    {
        stream.Flush();
        stream.Position = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[EntrySize * 4096];
        for (var left = (long)Count * EntrySize; left > 0;)
        {
            var take = (int)Math.Min(left, block.Length);
            stream.ReadExactly(block, 0, take);
            hash.AppendData(block, 0, take);
            left -= take;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Takes up what a file holds: so many entries, and nothing after them.</summary>
    /// <returns>Whether there are so many, with this digest.</returns>
    public bool TakeUp(int count, string digest)
    {
        if (stream.Length < (long)count * EntrySize)
        {
            return false;
        }

        Count = count;
        stream.SetLength((long)count * EntrySize);
        return Seal() == digest;
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
