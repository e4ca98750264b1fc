using System.Net;
using RefIke.Wire;

namespace RefIke.Properties.Fuzzing;

/// <summary>One datagram thrown at an endpoint.</summary>
/// <param name="Made">How it was made.</param>
/// <param name="Known">Whether somebody who holds the keys made it so: it may then be obeyed.</param>
internal sealed record Shot(string Made, IPEndPoint Local, IPEndPoint Remote, Octets Datagram, bool Known);
