namespace RefIke.Interop;

public sealed class Placeholder
{
}
