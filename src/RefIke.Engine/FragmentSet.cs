using System.Collections.Immutable;
using System.Net;
using RefIke.Wire;

namespace RefIke.Engine;

/// <summary>Whose fragments they are: addresses, cookies and exchange (D-190).</summary>
public sealed record FragmentSource(
    IPEndPoint Local, IPEndPoint Remote, Cookie CKY_I, Cookie CKY_R, ExchangeType ExchangeType, uint M_ID);

/// <summary>A message that has come in part.</summary>
/// <param name="Id">The number that all its fragments have.</param>
public sealed record FragmentSet(FragmentSource Source, ushort Id)
{
    /// <summary>The parts by their numbers, from 1 up.</summary>
    public ImmutableSortedDictionary<byte, Octets> Parts { get; init; } = ImmutableSortedDictionary<byte, Octets>.Empty;

    /// <summary>The number of the last part; null while it has not come.</summary>
    public byte? Last { get; init; }

    /// <summary>The message, once every part is there.</summary>
    public Octets? Whole
        => Last == Parts.Count ? (Octets?)new Octets((byte[])[.. Parts.Values.SelectMany(p => p.ToArray())]) : null;

    /// <summary>
    /// The set with one more part. The same part again changes nothing; one that cannot be of the same message, or that
    /// is too much, ends the whole set (D-190).
    /// </summary>
    /// <returns>The set after it, or null with what is wrong.</returns>
    internal (FragmentSet? After, string Fault) Add(FragmentPayload part, Limits limits)
    {
        var (n, last) = (part.Number, part.IsLast ? part.Number : Last);
        var fault = part switch
        {
            { Number: 0 } => "number 0",
            { Data.Length: 0 } => "nothing in it",
            _ when n > limits.Fragments => $"number {n} of at most {limits.Fragments}",
            _ when Parts.TryGetValue(n, out var known) && known != part.Data => $"two of number {n} that differ",
            _ when Last is not null && part.IsLast && Last != n => $"two last ones, {Last} and {n}",
            _ when last is { } end && (n > end || Parts.Keys.Any(k => k > end)) => $"one after the last, {end}",
            _ => "",
        };
        if (fault.Length > 0)
        {
            return (null, fault);
        }

        var after = this with { Parts = Parts.SetItem(n, part.Data), Last = last };
        var octets = after.Parts.Values.Sum(p => p.Length);
        return octets > limits.FragmentedMessage ? (null, $"{octets} octets in all") : (after, "");
    }
}
