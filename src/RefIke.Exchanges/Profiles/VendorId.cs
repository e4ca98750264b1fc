using RefIke.Wire;

namespace RefIke.Exchanges.Profiles;

/// <summary>
/// A vendor id that is known (RFC 2408 §3.16): octets that say which addition to IKE the sender speaks.
/// </summary>
/// <param name="Name">For people.</param>
/// <param name="Data">The octets that are sent.</param>
/// <param name="Document">Where it is from.</param>
public sealed record VendorId(string Name, Octets Data, string Document)
{
    /// <summary>
    /// How many leading octets are compared where versions or capabilities follow, which may be anything (D-60); null
    /// where the whole is the id.
    /// </summary>
    public int? Prefix { get; init; }

    /// <summary>The payload that says it.</summary>
    public VendorIdPayload Payload => new(Data);

    /// <summary>Whether these octets say the same.</summary>
    public bool Matches(Octets data) => Prefix is { } n
        ? data.Length >= n && data.Slice(0, n) == Data.Slice(0, n)
        : data == Data;
}
