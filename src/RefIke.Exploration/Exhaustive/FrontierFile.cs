using System.Buffers.Binary;
using System.Security.Cryptography;
using RefIke.Engine;
using RefIke.Exploration.Worlds;

namespace RefIke.Exploration.Exhaustive;

/// <summary>
/// Joint states on disk, with what they consist of by digest: an endpoint's state is not written, it is made again by the real core, along the way that
/// leads there.
/// </summary>
internal static class FrontierFile
{
    /// <summary>Writes states with their numbers.</summary>
    /// <returns>SHA-256 over the file.</returns>
    public static string Write(string path, IEnumerable<(int Number, JointState State)> states)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.ReadWrite);
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, true))
        {
            foreach (var (number, state) in states)
            {
                Write(writer, number, state);
            }
        }

        stream.Position = 0;
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>Reads them.</summary>
    /// <param name="made">Makes a state again by its number, where a part of it is not known.</param>
    /// <exception cref="CheckpointException">It is not what was written.</exception>
    public static List<(int Number, JointState State)> Read(string path, string digest, Known known, Func<int, JointState> made)
    {
        var octets = File.Exists(path) ? File.ReadAllBytes(path) : [];
        if (Convert.ToHexStringLower(SHA256.HashData(octets)) != digest)
        {
            throw new CheckpointException($"{path} is damaged: its digest is not the one that was written down");
        }

        using var reader = new BinaryReader(new MemoryStream(octets));
        var states = new List<(int, JointState)>();
        while (reader.BaseStream.Position < octets.Length)
        {
            states.Add(Read(reader, path, known, made));
        }

        return states;
    }

    private static void Write(BinaryWriter writer, int number, JointState state)
    {
        writer.Write(number);
        Write(writer, state.Digest());
        writer.Write(state.Variant);
        writer.Write(state.Act);
        writer.Write(state.Now.Milliseconds);
        writer.Write(state.Mapping);
        writer.Write(state.NoGap);
        var s = state.Spent;
        foreach (var n in (ReadOnlySpan<int>)[s.Losses, s.Copies, s.Replays, s.Delays, s.Early, s.Late, s.Alterations, s.Attacks])
        {
            writer.Write(n);
        }

        Write(writer, [.. state.Ends.Select(e => e.Digest)]);
        foreach (var messages in new[] { state.Flying, state.Seen, state.Held })
        {
            Write(writer, [.. messages.Select(m => m.Digest)]);
        }
    }

    private static (int, JointState) Read(BinaryReader reader, string path, Known known, Func<int, JointState> made)
    {
        var (number, digest) = (reader.ReadInt32(), Digest(reader));
        var (variant, act, now) = (reader.ReadInt32(), reader.ReadInt32(), new Instant(reader.ReadInt64()));
        var (mapping, noGap) = (reader.ReadInt32(), reader.ReadBoolean());
        var spent = new Spent(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(),
            reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        var ends = Digests(reader).Select(known.State).ToArray();
        var messages = Enumerable.Range(0, 3).Select(_ => Digests(reader).Select(known.Message).ToArray()).ToArray();
        var state = ends.Contains(null) || messages.Any(m => m.Contains(null)) ? made(number)
            : new JointState(variant, act, now, ends!, messages[0]!, messages[1]!, messages[2]!, spent, mapping, noGap);
        return state.Digest() == digest ? (number, state)
            : throw new CheckpointException($"{path}: the core does not come again to state {number}: it is not the one that this search was begun with");
    }

    private static UInt128 Digest(BinaryReader reader) => BinaryPrimitives.ReadUInt128BigEndian(reader.ReadBytes(16));

    private static UInt128[] Digests(BinaryReader reader)
    {
        var all = new UInt128[reader.ReadInt32()];
        for (var n = 0; n < all.Length; n++)
        {
            all[n] = Digest(reader);
        }

        return all;
    }

    private static void Write(BinaryWriter writer, UInt128 digest)
    {
        Span<byte> octets = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(octets, digest);
        writer.Write(octets);
    }

    private static void Write(BinaryWriter writer, UInt128[] digests)
    {
        writer.Write(digests.Length);
        foreach (var digest in digests)
        {
            Write(writer, digest);
        }
    }
}
